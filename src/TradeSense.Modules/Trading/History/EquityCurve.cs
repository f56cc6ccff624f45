using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Events;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.History;

/// <summary>Balance and equity of an account over time, with both floors as they stood. Fewer points than were stored when there are many, but never without the extremes.</summary>
public sealed class EquityCurve(TradeSenseDb db)
{
    public sealed record Point(DateTimeOffset At, decimal Balance, decimal Equity, decimal? DailyFloor, decimal? OverallFloor);

    /// <summary>Something that happened on the curve: a close with its net result, a payout taken out, the start of a trading day.</summary>
    /// <param name="Level">The balance right after it.</param>
    public sealed record Mark(MarkKind Kind, DateTimeOffset At, decimal Amount, decimal Level);

    public enum MarkKind { Trade, Payout, DayStart }

    public async Task<IReadOnlyList<Mark>> Marks(Guid accountId, CancellationToken ct)
    {
        var trades = await db.Set<Trade>().AsNoTracking().Where(row => row.AccountId == accountId)
            .Select(row => new Mark(MarkKind.Trade, row.ClosedAt, row.Profit - row.Commission + row.Swap, row.Balance)).ToListAsync(ct);
        var days = await db.Set<DaySnapshot>().AsNoTracking().Where(row => row.AccountId == accountId)
            .Select(row => new Mark(MarkKind.DayStart, row.At, 0m, row.Balance)).ToListAsync(ct);
        var taken = await db.Set<JournalEntry>().AsNoTracking().Where(row => row.AccountId == accountId && row.Kind == "payout_withdrawn").ToListAsync(ct);
        var payouts = taken.Select(entry => entry.Event).OfType<PayoutWithdrawn>().Select(payout => new Mark(MarkKind.Payout, payout.At, payout.Amount, payout.Balance));
        return [.. trades.Concat(days).Concat(payouts).OrderBy(mark => mark.At)];
    }

    public async Task<IReadOnlyList<Point>> Run(Guid accountId, int most, CancellationToken ct) =>
        await db.Set<TradingAccount>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == accountId, ct) is { } account ? await Run(account, most, ct) : [];

    /// <param name="most">The greatest number of points wanted, some hundreds for a chart.</param>
    public async Task<IReadOnlyList<Point>> Run(TradingAccount account, int most, CancellationToken ct)
    {
        if (account.OpenedAt is not { } openedAt) return [];

        var samples = await Samples(account.Id, most, ct);
        var days = await db.Set<DaySnapshot>().AsNoTracking().Where(row => row.AccountId == account.Id)
            .Select(row => new Point(row.At, row.Balance, row.Equity, row.DailyFloor, row.OverallFloor)).ToListAsync(ct);
        var start = new Point(openedAt, account.Terms.InitialBalance, account.Terms.InitialBalance, null, null);
        var points = samples.Concat(days).Append(start).OrderBy(point => point.At).ToList();
        if (account.EndedAt is { } endedAt) points.Add(new Point(endedAt, account.Balance, account.Balance, account.DailyFloor, account.OverallFloor));
        WithFloors(points);
        return Thinned(points, most);
    }

    /// <summary>Thinned where they lie: a month has 40,000 minutes, of which a chart shows some hundreds. Of each stretch the lowest and the highest equity come out, as below.</summary>
    private Task<List<Point>> Samples(Guid accountId, int most, CancellationToken ct) => db.Database.SqlQuery<Point>($"""
        select at as "At", balance as "Balance", equity as "Equity", daily_floor as "DailyFloor", overall_floor as "OverallFloor" from (
            select *, row_number() over (partition by stretch order by equity, at) as from_lowest, row_number() over (partition by stretch order by equity desc, at) as from_highest
            from (select *, ntile({most / 2}) over (order by at) as stretch from equity_samples where account_id = {accountId}) as sample) as ranked
        where from_lowest = 1 or from_highest = 1 order by at
        """).ToListAsync(ct);

    /// <summary>Where a point does not know its floors, the next one's held already.</summary>
    private static void WithFloors(List<Point> points)
    {
        for (var i = points.Count - 2; i >= 0; i--)
            if (points[i] is { DailyFloor: null, OverallFloor: null }) points[i] = points[i] with { DailyFloor = points[i + 1].DailyFloor, OverallFloor = points[i + 1].OverallFloor };
    }

    /// <summary>Of each stretch the lowest and the highest equity stay, so that a spike that broke a floor is never averaged away.</summary>
    private static IReadOnlyList<Point> Thinned(List<Point> points, int most)
    {
        if (points.Count <= most) return points;

        var stretch = (points.Count + most / 2 - 1) / (most / 2);
        return [.. points.Chunk(stretch).SelectMany(part => ((Point[])[part.MinBy(point => point.Equity)!, part.MaxBy(point => point.Equity)!]).Distinct().OrderBy(point => point.At))];
    }
}
