using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Analytics;

/// <summary>An account's journal for a person: newest first, narrowed to a kind of event, each entry with its hash.</summary>
public sealed class JournalTimeline(TradeSenseDb db)
{
    /// <param name="Body">The event's fields as the journal keeps them.</param>
    public sealed record Row(long Sequence, DateTimeOffset At, string Kind, string Body, string Hash);

    public sealed record Picture(IReadOnlyList<Row> Rows, int Total, IReadOnlyList<string> Kinds, string HeadHash);

    public async Task<Picture> Read(Guid accountId, string? kind, int page, int size, CancellationToken ct)
    {
        var all = db.Set<JournalEntry>().AsNoTracking().Where(entry => entry.AccountId == accountId);
        var kinds = await all.Select(entry => entry.Kind).Distinct().ToListAsync(ct);
        var head = await all.OrderByDescending(entry => entry.Sequence).Select(entry => entry.Hash).FirstOrDefaultAsync(ct);

        var entries = string.IsNullOrEmpty(kind) ? all : all.Where(entry => entry.Kind == kind);
        var rows = await entries.OrderByDescending(entry => entry.Sequence).Skip((page - 1) * size).Take(size).ToListAsync(ct);
        return new Picture(
            [.. rows.Select(entry => new Row(entry.Sequence, entry.At, entry.Kind, entry.Body, Convert.ToHexStringLower(entry.Hash)))],
            await entries.CountAsync(ct), [.. kinds.Order(StringComparer.Ordinal)], Convert.ToHexStringLower(head ?? JournalEntry.Root));
    }
}
