using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.History;

/// <summary>An account's trading days: realised profit, trades and lots of each, today included.</summary>
public sealed class DayCalendar(TradeSenseDb db, TradingDesk desk)
{
    /// <param name="Profit">Realised: the balance's change over the day, costs included, payouts not.</param>
    public sealed record Day(DateOnly Date, decimal Profit, int Trades, int Wins, decimal Lots, bool IsCurrent);

    public async Task<IReadOnlyList<Day>> Run(Guid accountId, CancellationToken ct)
    {
        var ended = await db.Set<DaySnapshot>().AsNoTracking().Where(row => row.AccountId == accountId)
            .Select(row => new { row.PreviousDay, row.PreviousProfit }).ToDictionaryAsync(row => row.PreviousDay, row => row.PreviousProfit, ct);
        var trades = await db.Set<Trade>().AsNoTracking().Where(row => row.AccountId == accountId).GroupBy(row => row.TradingDay)
            .Select(day => new
            {
                Date = day.Key, Count = day.Count(), Lots = day.Sum(row => row.Lots), Wins = day.Count(row => row.Profit - row.Commission + row.Swap > 0),
            }).ToDictionaryAsync(day => day.Date, ct);
        var now = await Now(accountId, ct);
        if (now is not null) ended[now.TradingDay] = now.Balance - now.DayStartBalance;

        return
        [
            .. ended.Where(day => day.Value != 0 || trades.ContainsKey(day.Key)).OrderBy(day => day.Key).Select(day => trades.TryGetValue(day.Key, out var of)
                ? new Day(day.Key, day.Value, of.Count, of.Wins, of.Lots, day.Key == now?.TradingDay)
                : new Day(day.Key, day.Value, 0, 0, 0m, day.Key == now?.TradingDay)),
        ];
    }

    private async Task<AccountState?> Now(Guid accountId, CancellationToken ct) => (await desk.View(new AccountId(accountId), ct))?.State;
}
