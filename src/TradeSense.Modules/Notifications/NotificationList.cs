using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Notifications;

/// <summary>What a person was told, newest first; looking at the list marks it read.</summary>
public sealed class NotificationList(TradeSenseDb db, TimeProvider clock)
{
    public sealed record Row(Guid Id, string Kind, string Title, string Body, string? Link, DateTimeOffset CreatedAt, bool IsNew);

    public async Task<(IReadOnlyList<Row> Rows, int Total)> Read(Guid userId, int page, int size, CancellationToken ct)
    {
        var mine = db.Set<Notification>().AsNoTracking().Where(row => row.UserId == userId);
        var rows = await mine.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Skip((Math.Max(page, 1) - 1) * size).Take(size)
            .Select(row => new Row(row.Id, row.Kind, row.Title, row.Body, row.Link, row.CreatedAt, row.ReadAt == null)).ToListAsync(ct);
        var total = await mine.CountAsync(ct);

        var (now, shown) = (clock.GetUtcNow(), rows.Where(row => row.IsNew).Select(row => row.Id).ToList());
        if (shown.Count > 0)
            await db.Set<Notification>().Where(row => shown.Contains(row.Id)).ExecuteUpdateAsync(set => set.SetProperty(row => row.ReadAt, now), ct);
        return (rows, total);
    }
}
