using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Events;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.History;

/// <summary>Closed deals, newest first: of one account, one trader, or the whole brand.</summary>
public sealed class TradeList(TradeSenseDb db)
{
    /// <param name="Won">True: only with profit after costs; false: only without; null: both.</param>
    public sealed record Filter(
        Guid? AccountId = null, Guid? UserId = null, string? Symbol = null, Side? Side = null, bool? Won = null, DateOnly? From = null, DateOnly? To = null);

    public sealed record Row(
        Guid Id, Guid AccountId, int Position, string Symbol, Side Side, decimal Lots, decimal OpenPrice, DateTimeOffset OpenedAt, decimal ClosePrice, DateTimeOffset ClosedAt,
        decimal Profit, decimal Commission, decimal Swap, decimal Net, decimal Balance, DateOnly TradingDay, CloseReason Reason);

    /// <param name="Net">Of all trades of the filter, not of this page.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int Total, decimal Net, decimal Lots, int Wins);

    public async Task<Page> Run(Filter filter, int page, int size, CancellationToken ct)
    {
        var trades = Matching(filter);
        var sums = await trades.GroupBy(_ => 1).Select(all => new
        {
            Count = all.Count(), Net = all.Sum(trade => trade.Profit - trade.Commission + trade.Swap), Lots = all.Sum(trade => trade.Lots),
            Wins = all.Count(trade => trade.Profit - trade.Commission + trade.Swap > 0),
        }).SingleOrDefaultAsync(ct);
        if (sums is null) return new Page([], 0, 0m, 0m, 0);

        var rows = await Rows(Ordered(trades).Skip((Math.Max(page, 1) - 1) * size).Take(size)).ToListAsync(ct);
        return new Page(rows, sums.Count, sums.Net, sums.Lots, sums.Wins);
    }

    /// <summary>All trades of the filter as RFC 4180 text, UTC times, points as decimal signs.</summary>
    public async Task<string> Csv(Filter filter, CancellationToken ct)
    {
        var text = new StringBuilder("position,symbol,side,lots,open_price,opened_at,close_price,closed_at,profit,commission,swap,net,balance,trading_day,reason\r\n");
        await foreach (var row in Rows(Ordered(Matching(filter))).AsAsyncEnumerable().WithCancellation(ct))
            text.Append(CultureInfo.InvariantCulture,
                $"{row.Position},{row.Symbol},{row.Side},{Plain(row.Lots)},{Plain(row.OpenPrice)},{row.OpenedAt.UtcDateTime:O},{Plain(row.ClosePrice)},{row.ClosedAt.UtcDateTime:O},{Plain(row.Profit)},{Plain(row.Commission)},{Plain(row.Swap)},{Plain(row.Net)},{Plain(row.Balance)},{row.TradingDay:yyyy-MM-dd},{row.Reason}\r\n");
        return text.ToString();
    }

    private IQueryable<Trade> Matching(Filter filter)
    {
        var trades = db.Set<Trade>().AsNoTracking();
        if (filter.AccountId is { } account) trades = trades.Where(trade => trade.AccountId == account);
        if (filter.UserId is { } user) trades = trades.Where(trade => trade.UserId == user);
        if (!string.IsNullOrEmpty(filter.Symbol)) trades = trades.Where(trade => trade.Symbol == filter.Symbol);
        if (filter.Side is { } side) trades = trades.Where(trade => trade.Side == side);
        if (filter.Won is { } won) trades = trades.Where(trade => trade.Profit - trade.Commission + trade.Swap > 0 == won);
        if (filter.From is { } from) trades = trades.Where(trade => trade.TradingDay >= from);
        if (filter.To is { } to) trades = trades.Where(trade => trade.TradingDay <= to);
        return trades;
    }

    private static IQueryable<Trade> Ordered(IQueryable<Trade> trades) => trades.OrderByDescending(trade => trade.ClosedAt).ThenByDescending(trade => trade.Id);

    private static IQueryable<Row> Rows(IQueryable<Trade> trades) => trades.Select(trade => new Row(
        trade.Id, trade.AccountId, trade.Position, trade.Symbol, trade.Side, trade.Lots, trade.OpenPrice, trade.OpenedAt, trade.ClosePrice, trade.ClosedAt,
        trade.Profit, trade.Commission, trade.Swap, trade.Profit - trade.Commission + trade.Swap, trade.Balance, trade.TradingDay, trade.Reason));

    private static string Plain(decimal value) => PlainDecimal.Text(value);
}
