using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Events;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.History;

/// <summary>An account's journal, newest first, each entry with its hash.</summary>
public sealed class JournalList(TradeSenseDb db)
{
    public sealed record Row(long Sequence, DateTimeOffset At, string Kind, EngineEvent Event, string Hash);

    public async Task<(IReadOnlyList<Row> Rows, int Total)> Run(Guid accountId, int page, int size, CancellationToken ct)
    {
        var entries = db.Set<JournalEntry>().AsNoTracking().Where(entry => entry.AccountId == accountId);
        var rows = await entries.OrderByDescending(entry => entry.Sequence).Skip((Math.Max(page, 1) - 1) * size).Take(size).ToListAsync(ct);
        return ([.. rows.Select(entry => new Row(entry.Sequence, entry.At, entry.Kind, entry.Event, Convert.ToHexStringLower(entry.Hash)))], await entries.CountAsync(ct));
    }
}
