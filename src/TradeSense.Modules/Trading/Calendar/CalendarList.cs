using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Calendar;

/// <summary>Events of the calendar between two instants, in time order.</summary>
public sealed class CalendarList(TradeSenseDb db)
{
    public sealed record Filter(DateTimeOffset From, DateTimeOffset To, string? Currency = null, Importance AtLeast = Importance.Low);

    public sealed record Row(Guid Id, DateTimeOffset At, string Currency, string Title, Importance Importance, string Forecast, string Previous, string Source);

    public async Task<(IReadOnlyList<Row> Rows, int Total)> Read(Filter filter, int page, int size, CancellationToken ct)
    {
        var levels = Enum.GetValues<Importance>().Where(level => level >= filter.AtLeast).ToList();
        var asked = db.Set<CalendarEvent>().AsNoTracking().Where(found => found.At >= filter.From && found.At < filter.To && levels.Contains(found.Importance));
        if (filter.Currency is { } currency) asked = asked.Where(found => found.Currency == currency);
        var rows = await Rows(asked.OrderBy(found => found.At).ThenBy(found => found.Currency).ThenBy(found => found.Title).Skip((Math.Max(page, 1) - 1) * size).Take(size)).ToListAsync(ct);
        return (rows, await asked.CountAsync(ct));
    }

    public Task<Row?> Find(Guid id, CancellationToken ct) => Rows(db.Set<CalendarEvent>().AsNoTracking().Where(found => found.Id == id)).SingleOrDefaultAsync(ct);

    /// <summary>Those there are events of.</summary>
    public async Task<IReadOnlyList<string>> Currencies(CancellationToken ct) => await db.Set<CalendarEvent>().Select(found => found.Currency).Distinct().OrderBy(code => code).ToListAsync(ct);

    /// <summary>The files taken over last, newest first.</summary>
    public async Task<IReadOnlyList<CalendarImport>> Imports(int most, CancellationToken ct) => await db.Set<CalendarImport>().AsNoTracking().Where(row => row.AppliedAt != null).OrderByDescending(row => row.AppliedAt).Take(most).ToListAsync(ct);

    private static IQueryable<Row> Rows(IQueryable<CalendarEvent> events) => events.Select(found => new Row(found.Id, found.At, found.Currency, found.Title, found.Importance, found.Forecast, found.Previous, found.Source));
}
