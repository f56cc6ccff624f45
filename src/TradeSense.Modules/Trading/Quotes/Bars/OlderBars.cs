using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

namespace TradeSense.Modules.Trading.Quotes.Bars;

/// <summary>Makes up the bars that lead to the oldest one there is, so that a chart can be dragged back as far as anybody likes. Before real prices nothing is made up.</summary>
internal sealed class OlderBars(SimulatedMarket market, bool mayMakeUp = true)
{
    private const int SamplesPerBar = 6;

    /// <param name="joinAt">The bid they lead to at <paramref name="until"/>; null: the synthetic market's own.</param>
    /// <returns>At most <paramref name="count"/> bars that end by <paramref name="until"/>, in time order; none for an unknown symbol.</returns>
    public IReadOnlyList<Bar> Run(string symbol, BarPeriod period, DateTimeOffset until, decimal? joinAt, int count)
    {
        var earliest = new DateTimeOffset(NewsCalendar.FirstYear + 1, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var end = period.OpenOf(until);
        if (!mayMakeUp || !SimulatedHistory.Knows(symbol) || end <= earliest) return [];

        // Closed hours have no bars, so how far back a page reaches is found by trying: twice as far until it is full.
        var furthest = (period.Length() * count * 2) + TimeSpan.FromDays(4);
        for (var reach = period.Length() * count; ; reach *= 2)
        {
            var from = end - earliest < reach ? earliest : period.OpenOf(end - reach);
            var bars = Build(symbol, period, from, end, joinAt);
            if (bars.Count >= count) return bars[^count..];
            if (from == earliest || reach >= furthest) return bars;
        }
    }

    private List<Bar> Build(string symbol, BarPeriod period, DateTimeOffset from, DateTimeOffset end, decimal? joinAt)
    {
        var step = period.Length() / SamplesPerBar;
        var (builder, closed) = (new BarBuilder(symbol, period), new List<Bar>());
        var samples = new SimulatedHistory(market).Samples(new Dictionary<string, decimal?> { [symbol] = joinAt }, from, end, _ => step);
        foreach (var sample in samples) builder.Add(sample, closed);
        if (builder.Forming(period) is { } last) closed.Add(last);
        return closed.FindAll(bar => bar.Period == period);
    }
}
