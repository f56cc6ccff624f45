using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Events;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.History;

/// <summary>The young end of an account's journal: where it stands, and what came after a place somebody has read up to.</summary>
public sealed class JournalTail(TradeSenseDb db)
{
    public sealed record Row(long Sequence, EngineEvent Event);

    /// <summary>The last entry's number; zero before the first.</summary>
    public async Task<long> Head(Guid accountId, CancellationToken ct) =>
        await db.Set<JournalEntry>().AsNoTracking().Where(entry => entry.AccountId == accountId).MaxAsync(entry => (long?)entry.Sequence, ct) ?? 0;

    /// <summary>In the journal's order; the oldest ones when there are more than asked for.</summary>
    public async Task<IReadOnlyList<Row>> After(Guid accountId, long sequence, int most, CancellationToken ct)
    {
        var entries = await db.Set<JournalEntry>().AsNoTracking().Where(entry => entry.AccountId == accountId && entry.Sequence > sequence)
            .OrderBy(entry => entry.Sequence).Take(most).ToListAsync(ct);
        return [.. entries.Select(entry => new Row(entry.Sequence, entry.Event))];
    }
}
