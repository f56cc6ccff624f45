using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Alerts;

/// <summary>A trader's alerts: those that wait, and those that were fired or have expired; newest first.</summary>
public sealed class PriceAlertList(TradeSenseDb db, TimeProvider clock)
{
    public sealed record Row(
        Guid Id, string Symbol, AlertKind Kind, decimal Wanted, decimal Reference, decimal? RisesTo, decimal? FallsTo, string Note, bool ByMail, AlertStatus Status, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, DateTimeOffset ExpiresAt,
        DateTimeOffset? FiredAt, decimal? FiredPrice);

    /// <param name="Total">Of the list asked for.</param>
    /// <param name="Waiting">Of all that wait.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int Total, int Waiting);

    public async Task<Page> Read(Guid userId, bool past, int page, int size, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var mine = db.Set<PriceAlert>().AsNoTracking().Where(alert => alert.UserId == userId);
        var waiting = mine.Where(alert => alert.Status == AlertStatus.Waiting && alert.ExpiresAt > now);
        var asked = past ? mine.Where(alert => alert.Status == AlertStatus.Fired || alert.ExpiresAt <= now) : waiting;
        var rows = await Rows(asked.OrderByDescending(alert => alert.FiredAt ?? alert.ExpiresAt).ThenByDescending(alert => alert.Id).Skip((Math.Max(page, 1) - 1) * size).Take(size)).ToListAsync(ct);
        var waits = await waiting.CountAsync(ct);
        return new Page(rows, past ? await asked.CountAsync(ct) : waits, waits);
    }

    public Task<Row?> Find(Guid userId, Guid id, CancellationToken ct) => Rows(db.Set<PriceAlert>().AsNoTracking().Where(alert => alert.UserId == userId && alert.Id == id)).SingleOrDefaultAsync(ct);

    /// <summary>Those fired after an instant, oldest first: what a page has not told yet.</summary>
    public async Task<IReadOnlyList<Row>> FiredAfter(Guid userId, DateTimeOffset changedAfter, int most, CancellationToken ct) => await Rows(db.Set<PriceAlert>().AsNoTracking()
        .Where(alert => alert.UserId == userId && alert.Status == AlertStatus.Fired && alert.ChangedAt > changedAfter).OrderBy(alert => alert.ChangedAt).Take(most)).ToListAsync(ct);

    private static IQueryable<Row> Rows(IQueryable<PriceAlert> alerts) => alerts.Select(alert => new Row(
        alert.Id, alert.Symbol, alert.Kind, alert.Wanted, alert.Reference, alert.RisesTo, alert.FallsTo, alert.Note, alert.ByMail, alert.Status, alert.CreatedAt, alert.ChangedAt, alert.ExpiresAt, alert.FiredAt, alert.FiredPrice));
}
