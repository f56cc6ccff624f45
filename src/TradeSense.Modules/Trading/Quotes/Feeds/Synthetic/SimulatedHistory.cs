using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>The synthetic market asked about a stretch of the past, in samples instead of every quote. It ends where the live market begins.</summary>
internal sealed class SimulatedHistory(SimulatedMarket market)
{
    public static bool Knows(string symbol) => IndexOf(symbol) >= 0;

    /// <summary>Quotes of the symbols while their markets are open, in time order, ever denser towards the end.</summary>
    /// <param name="symbols">Each with the bid its history leads to at <paramref name="to"/>; null: the market's own.</param>
    /// <param name="stepAt">The distance of samples at an instant.</param>
    public IEnumerable<Quote> Samples(
        IReadOnlyDictionary<string, decimal?> symbols, DateTimeOffset from, DateTimeOffset to, Func<DateTimeOffset, TimeSpan> stepAt)
    {
        var walk = market.Walk();
        var cast = symbols.Where(symbol => Knows(symbol.Key))
            .Select(symbol => (Index: IndexOf(symbol.Key), Scale: Scale(walk, IndexOf(symbol.Key), to, symbol.Value)))
            .OrderBy(member => member.Index)
            .ToArray();

        for (var at = Align(from, stepAt(from)); at < to; at = Align(at + stepAt(at), stepAt(at)))
        {
            foreach (var (index, scale) in cast)
            {
                if (at >= from && walk.IsOpen(index, at.UtcTicks)) yield return walk.Quote(index, at.UtcTicks, scale);
            }
        }
    }

    private static double Scale(SimulatedWalk walk, int index, DateTimeOffset to, decimal? bid) =>
        bid is { } target ? (double)target / (double)walk.Quote(index, to.UtcTicks).Bid.Value : 1;

    private static DateTimeOffset Align(DateTimeOffset at, TimeSpan step) => new(at.UtcTicks - (at.UtcTicks % step.Ticks), TimeSpan.Zero);

    private static int IndexOf(string symbol)
    {
        var all = SimulatedInstruments.All;
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Symbol == symbol) return i;
        }

        return -1;
    }
}
