using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Calendar;

/// <summary>The platform's staff enter an event by hand, or change one.</summary>
public sealed class ChangeCalendarEvent(TradeSenseDb db, CalendarChanges changes, AuditTrail audit, TimeProvider clock)
{
    private const int LongestTitle = 200, LongestFigure = 40;
    private static readonly string[] Times = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <param name="Id">Null for a new one.</param>
    /// <param name="At">In UTC, as typed.</param>
    public sealed record Request(Guid? Id, string? At, string? Currency, string? Title, Importance Importance, string? Forecast, string? Previous);

    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        if (!DateTimeOffset.TryParseExact(request.At?.Trim(), Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return CalendarRefusal.InvalidTime;
        if (request.Currency?.Trim().ToUpperInvariant() is not { Length: 3 } currency || !currency.All(char.IsAsciiLetterUpper)) return CalendarRefusal.InvalidCurrency;
        if (request.Title?.Trim() is not { Length: > 0 and <= LongestTitle } title) return CalendarRefusal.InvalidTitle.With(LongestTitle);

        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('calendar', 0))", ct);
        if (await db.Set<CalendarEvent>().AnyAsync(found => found.At == at && found.Currency == currency && found.Title == title && found.Id != request.Id, ct)) return CalendarRefusal.Duplicate;

        var now = clock.GetUtcNow();
        var known = request.Id is { } id ? await db.Set<CalendarEvent>().SingleOrDefaultAsync(found => found.Id == id, ct) : null;
        if (known is null && request.Id is not null) return CalendarRefusal.Unknown;
        if (known is null) db.Add(known = new CalendarEvent { Id = Guid.CreateVersion7(now), Source = CalendarEvent.ByHand, Currency = currency, Title = title });

        (known.At, known.Currency, known.Title, known.Importance, known.ChangedAt) = (at, currency, title, request.Importance, now);
        (known.Forecast, known.Previous) = (Cut(request.Forecast), Cut(request.Previous));
        changes.Tell();
        await audit.Record(request.Id is null ? "calendar_event.added" : "calendar_event.changed", $"calendar_event:{known.Id}", new { known.At, known.Currency, known.Title, known.Importance }, ct);
        await db.SaveChangesAsync(ct);
        return known.Id;
    }

    private static string Cut(string? text) => text?.Trim() is { Length: > 0 } given ? given.Length > LongestFigure ? given[..LongestFigure] : given : "";
}
