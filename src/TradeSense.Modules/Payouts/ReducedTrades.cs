using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Payouts;

/// <summary>
/// Trades since the last payout that a news rule counts in part. The rule, as its text says, concerns the target and leaves the balance alone,
/// so a payout takes all of their profit (docs/decisions/0173-a-payout-takes-all-of-the-profit.md); the quote names them so that nobody has to guess.
/// </summary>
public sealed class ReducedTrades(TradeSenseDb db)
{
    private const int Most = 50;

    /// <param name="Profit">What the trade came to, all of it in the balance.</param>
    /// <param name="Uncounted">The part the target does not see.</param>
    public sealed record Row(string Symbol, DateTimeOffset ClosedAt, Money Profit, Money Uncounted);

    /// <summary>The newest of them, and how many there are.</summary>
    public async Task<(IReadOnlyList<Row> Rows, int Total)> Since(Guid accountId, DateTimeOffset since, Currency currency, CancellationToken ct)
    {
        var reduced = db.Set<Trade>().AsNoTracking().Where(trade => trade.AccountId == accountId && trade.ClosedAt > since && trade.Uncounted > 0);
        var total = await reduced.CountAsync(ct);
        if (total == 0) return ([], 0);

        var rows = await reduced.OrderByDescending(trade => trade.ClosedAt).ThenBy(trade => trade.Id).Take(Most)
            .Select(trade => new { trade.Symbol, trade.ClosedAt, Net = trade.Profit - trade.Commission + trade.Swap, trade.Uncounted }).ToListAsync(ct);
        Money Of(decimal amount) => Money.Rounded(amount, currency, MidpointRounding.ToZero);
        return ([.. rows.Select(row => new Row(row.Symbol, row.ClosedAt, Of(row.Net), Of(row.Uncounted)))], total);
    }
}
