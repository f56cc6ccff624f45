using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Modules.Trading.Terminal;

/// <summary>The bid at which an account that holds one symbol would cross its nearer floor.</summary>
/// <param name="Rule">The rule that would be broken there.</param>
public sealed record FloorMark(string Symbol, decimal Bid, LossRule Rule);

/// <summary>
/// Finds the price that breaks today's floor by asking an engine of its own: the account's positions without stops and rules, marked at one price after
/// the other. So it is the engine's arithmetic, conversion and mark-up included, and no formula stands here.
/// </summary>
public sealed class FloorPrice(LatestQuotes quotes)
{
    /// <summary>Beyond a price ten times as high nothing is worth a line.</summary>
    private const int Highest = 10;

    /// <summary>
    /// No margin level is under this one. Zero would not do: prices at which the equity is below zero are asked for on the way, and what a stop-out closed there stays closed.
    /// </summary>
    private static readonly Percent NeverOut = new(-1e18m);

    /// <returns>Null without a loss rule, with more than one symbol, when both sides cancel out, or when no price breaks a floor.</returns>
    public FloorMark? Of(AccountView view, IReadOnlyList<Instrument> instruments)
    {
        var symbols = view.Positions.Select(position => position.State.Symbol).Distinct().ToList();
        if (view.State.Status is not AccountStatus.Active || symbols.Count != 1 || LossState.Of(view.State).Floor is null) return null;

        var instrument = instruments.First(known => known.Symbol == symbols[0]);
        if (!quotes.TryGet(instrument.Symbol, out var latest)) return null;

        var net = view.Positions.Sum(position => position.State.Side == Side.Buy ? position.State.Lots.Value : -position.State.Lots.Value);
        return net == 0 ? null : Search(view, instrument, latest.Quote, instruments, net > 0);
    }

    private FloorMark? Search(AccountView view, Instrument instrument, Quote now, IReadOnlyList<Instrument> instruments, bool isLong)
    {
        var (engine, terms) = (Bare(view, instruments), LossTerms.Of(view.State.Terms));
        var (point, spread) = (PointOf(instrument.Digits), now.Ask.Value - now.Bid.Value);
        var limits = LossState.Of(view.State);

        (LossRule Rule, decimal Floor)? CrossedAt(long points)
        {
            var bid = points * point;
            engine.Apply(new QuoteInput(new Quote(now.At, instrument.Symbol, new Price(bid), new Price(bid + spread))), []);
            var equity = engine.View(view.State.Id)!.Equity;
            return limits.Crossed(terms, equity, withDaily: true);
        }

        var start = (long)decimal.Truncate(now.Bid.Value / point);
        var (safe, broken) = (start, isLong ? 1L : start * Highest);
        if (CrossedAt(safe) is not null || CrossedAt(broken) is null) return null;
        while (Math.Abs(safe - broken) > 1)
        {
            var middle = (safe + broken) / 2;
            if (CrossedAt(middle) is null) safe = middle;
            else broken = middle;
        }

        return new FloorMark(instrument.Symbol, broken * point, CrossedAt(broken)!.Value.Rule);
    }

    /// <summary>The account as it stands, but nothing closes it on the way: neither stops, nor rules, nor the margin.</summary>
    private TradingEngine Bare(AccountView view, IReadOnlyList<Instrument> instruments)
    {
        var terms = view.State.Terms with { DailyLoss = null, OverallLoss = null, StopOut = NeverOut, ProfitTarget = null };
        var positions = view.State.Positions.Select(position => position with { StopLoss = null, TakeProfit = null, Guards = null }).ToList();
        var known = quotes.All.Select(latest => latest.Quote).Where(quote => instruments.Any(instrument => instrument.Symbol == quote.Symbol));
        return TradingEngine.Restore(new EngineOptions(instruments, null, false), view.AsOf, [view.State with { Terms = terms, Positions = positions, Orders = [] }], known);
    }

    private static decimal PointOf(int digits)
    {
        var point = 1m;
        for (var i = 0; i < digits; i++) point /= 10m;
        return point;
    }
}
