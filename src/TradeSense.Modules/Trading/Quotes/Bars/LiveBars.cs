using System.Collections.Concurrent;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Bars;

/// <summary>The bars being built and the latest finished ones, in memory. One writer, the pipeline; any number of readers.</summary>
public sealed class LiveBars
{
    private const int KeptPerPeriod = 300;

    private readonly ConcurrentDictionary<string, SymbolBars> _symbols = new(StringComparer.Ordinal);

    /// <summary>Takes the next accepted quote; adds the bars it closed to <paramref name="closed"/>.</summary>
    internal void Add(in Quote quote, List<Bar> closed)
    {
        var bars = Of(quote.Symbol);
        lock (bars) bars.Add(quote, closed);
    }

    /// <summary>Goes on with the forming bars of an earlier run or of seeded history.</summary>
    internal void Restore(string symbol, IReadOnlyDictionary<BarPeriod, Bar> forming)
    {
        var bars = new SymbolBars(symbol);
        bars.Builder.Restore(forming);
        _symbols[symbol] = bars;
    }

    /// <summary>The bar of this period as it stands now; null before the first quote.</summary>
    public Bar? Forming(string symbol, BarPeriod period)
    {
        if (!_symbols.TryGetValue(symbol, out var bars)) return null;
        lock (bars) return bars.Builder.Forming(period);
    }

    /// <summary>Finished bars still in memory and the forming one, in time order.</summary>
    public IReadOnlyList<Bar> Recent(string symbol, BarPeriod period)
    {
        if (!_symbols.TryGetValue(symbol, out var bars)) return [];
        lock (bars)
        {
            var recent = new List<Bar>(bars.Kept[period]);
            if (bars.Builder.Forming(period) is { } forming) recent.Add(forming);
            return recent;
        }
    }

    private SymbolBars Of(string symbol) => _symbols.GetOrAdd(symbol, name => new SymbolBars(name));

    private sealed class SymbolBars(string symbol)
    {
        public BarBuilder Builder { get; } = new(symbol);
        public Dictionary<BarPeriod, Queue<Bar>> Kept { get; } = BarPeriods.All.ToDictionary(period => period, _ => new Queue<Bar>());

        public void Add(in Quote quote, List<Bar> closed)
        {
            var before = closed.Count;
            Builder.Add(quote, closed);
            for (var i = before; i < closed.Count; i++)
            {
                var kept = Kept[closed[i].Period];
                kept.Enqueue(closed[i]);
                if (kept.Count > KeptPerPeriod) kept.Dequeue();
            }
        }
    }
}
