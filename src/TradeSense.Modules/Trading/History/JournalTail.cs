using TradeSense.Engine.Events;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.History;

/// <summary>
/// The young end of an account's journal: where it stands, and what came after a place somebody has read up to. Read outside any request's transaction: event
/// streams have none, and a page loses nothing by it.
/// </summary>
public sealed class JournalTail(TenantLookup lookup)
{
    public sealed record Row(long Sequence, EngineEvent Event);

    /// <summary>The last entry's number; zero before the first.</summary>
    public async Task<long> Head(Guid tenant, Guid account, CancellationToken ct) =>
        (await lookup.Read(tenant, row => row.GetInt64(0), ct, TenantLookup.Ask("select journal_length from trading_accounts where tenant_id = $1 and id = $2", tenant, account))).FirstOrDefault();

    /// <summary>In the journal's order; the oldest ones when there are more than asked for.</summary>
    public Task<IReadOnlyList<Row>> After(Guid tenant, Guid account, long sequence, int most, CancellationToken ct) => lookup.Read(
        tenant, row => new Row(row.GetInt64(0), EventText.Read(row.GetString(1), row.GetString(2))), ct, TenantLookup.Ask("""
            select sequence, kind, body from journal_entries where tenant_id = $1 and account_id = $2 and sequence > $3 order by sequence limit $4
            """, tenant, account, sequence, most));
}
