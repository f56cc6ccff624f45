using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Bars;

/// <summary>Builds the bars of one symbol in all periods at once.</summary>
/// <remarks>
/// A quote touches the shortest period only. When that closes it is folded into the next longer one, and so on up; so a forming bar of a longer
/// period is what was folded into it and all shorter forming bars together.
/// </remarks>
public sealed class BarBuilder
{
    private readonly string _symbol;
    private readonly BarPeriod[] _periods;
    private readonly Bar?[] _folded;
    private long _shortestEnds = long.MinValue;

    /// <param name="shortest">Shorter periods are left out.</param>
    public BarBuilder(string symbol, BarPeriod shortest = BarPeriod.S1)
    {
        _symbol = symbol;
        _periods = [.. BarPeriods.All.Where(period => period >= shortest)];
        _folded = new Bar?[_periods.Length];
    }

    /// <summary>Takes the next quote, never older than the one before; adds the bars it closes to <paramref name="closed"/>, short periods first.</summary>
    public void Add(in Quote quote, List<Bar> closed)
    {
        if (quote.At.UtcTicks >= _shortestEnds) CloseUntil(quote.At, closed);

        var (bid, ask) = (quote.Bid.Value, quote.Ask.Value);
        if (_folded[0] is { } forming)
        {
            var (bids, asks) = (forming.Bid, forming.Ask);
            _folded[0] = new Bar(_symbol, _periods[0], forming.OpensAt,
                new Ohlc(bids.Open, bid > bids.High ? bid : bids.High, bid < bids.Low ? bid : bids.Low, bid),
                new Ohlc(asks.Open, ask > asks.High ? ask : asks.High, ask < asks.Low ? ask : asks.Low, ask),
                forming.Quotes + 1);
            return;
        }

        var opensAt = _periods[0].OpenOf(quote.At);
        _folded[0] = new Bar(_symbol, _periods[0], opensAt, Ohlc.Of(bid), Ohlc.Of(ask), 1);
        _shortestEnds = opensAt.UtcTicks + ((int)_periods[0] * TimeSpan.TicksPerSecond);
    }

    /// <summary>The bar of a period as it stands; null before its first quote.</summary>
    public Bar? Forming(BarPeriod period)
    {
        Bar? forming = null;
        for (var i = Array.IndexOf(_periods, period); i >= 0; i--)
        {
            if (_folded[i] is { } part) forming = forming is { } earlier ? earlier.Then(part) : part with { Period = period, OpensAt = period.OpenOf(part.OpensAt) };
        }

        return forming;
    }

    /// <summary>Goes on with bars that an earlier run left unfinished.</summary>
    internal void Restore(IReadOnlyDictionary<BarPeriod, Bar> forming)
    {
        // A stored bar already holds the shorter ones' quotes; they must not be counted twice. Prices fold without harm.
        var counted = 0;
        for (var i = 0; i < _periods.Length; i++)
        {
            if (!forming.TryGetValue(_periods[i], out var bar)) continue;

            _folded[i] = bar with { Quotes = bar.Quotes - counted };
            counted = bar.Quotes;
        }
    }

    private void CloseUntil(DateTimeOffset at, List<Bar> closed)
    {
        for (var i = 0; i < _periods.Length; i++)
        {
            if (_folded[i] is not { } bar) continue;
            if (bar.EndsAt > at) break;

            closed.Add(bar);
            _folded[i] = null;
            if (i + 1 == _periods.Length) continue;

            var longer = _periods[i + 1];
            _folded[i + 1] = _folded[i + 1] is { } earlier ? earlier.Then(bar) : bar with { Period = longer, OpensAt = longer.OpenOf(bar.OpensAt) };
        }
    }
}
