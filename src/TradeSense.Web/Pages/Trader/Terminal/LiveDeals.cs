using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;
using TradeSense.Web.Live;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>What happened on an account since a stream was last told, in words.</summary>
public sealed class LiveDeals(DealWords words, JournalTail journal)
{
    /// <summary>Read at a time. What a broken line missed is told in one frame, however much it is.</summary>
    private const int Most = 50;

    /// <returns>The journal's number up to which the stream knows now.</returns>
    public async Task<long> Tell(LiveFrame frame, Tenant tenant, TraderAccounts.Row account, long told, CancellationToken ct)
    {
        while (true)
        {
            var rows = await journal.After(tenant.Id, account.Id, told, Most, ct);
            foreach (var row in rows)
            {
                if (words.Of(row.Event, account.Currency) is { } deal) frame.Tell("deal", LiveMarks.Of(deal), PlainNumber.Text(row.Sequence));
                told = row.Sequence;
            }

            if (rows.Count < Most) return told;
        }
    }
}
