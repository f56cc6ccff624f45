using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

namespace TradeSense.Modules.Trading.Quotes.Bars;

/// <summary>Gives a new installation a past to draw: bars of the synthetic market up to the feed's first instant, marked as synthetic. Later it fills what a stop left out.</summary>
internal sealed class SeedHistory(QuoteMemory memory, QuoteArchive archive, QuotesOptions options)
{
    private static readonly TimeSpan ShortestGap = TimeSpan.FromMinutes(1);

    /// <summary>How far back each period is stored: what people look at first. Pages before that are made up when somebody asks, and join.</summary>
    private static readonly Dictionary<BarPeriod, TimeSpan> Kept = new()
    {
        [BarPeriod.M1] = TimeSpan.FromDays(5),
        [BarPeriod.M5] = TimeSpan.FromDays(10),
        [BarPeriod.M15] = TimeSpan.FromDays(30),
        [BarPeriod.M30] = TimeSpan.FromDays(60),
        [BarPeriod.H1] = TimeSpan.FromDays(120),
        [BarPeriod.H4] = TimeSpan.FromDays(730),
        [BarPeriod.D1] = TimeSpan.FromDays(730),
    };

    /// <returns>How many bars were written.</returns>
    public async Task<int> Run(FeedOpening opening, IReadOnlyList<StoredSymbol> stored, CancellationToken ct)
    {
        if (options.HistoryDays == 0) return 0;

        var known = stored.ToDictionary(symbol => symbol.Last.Symbol);
        var joinsFeed = opening.Quotes.Count > 0;
        var fresh = InstrumentCatalog.All.Select(instrument => instrument.Symbol)
            .Where(symbol => !known.ContainsKey(symbol) && (!joinsFeed || opening.Quotes.ContainsKey(symbol)))
            .ToDictionary(symbol => symbol, symbol => joinsFeed ? opening.Quotes[symbol].Bid.Value : (decimal?)null);
        var written = await Write(new Past(fresh, opening.At - TimeSpan.FromDays(options.HistoryDays), opening.At, new Dictionary<BarPeriod, Bar>()), ct);

        // A venue's or a recording's silence stays silence; only the synthetic market knows what it missed.
        if (joinsFeed) return written;

        foreach (var symbol in stored.Where(symbol => opening.At - symbol.Last.At > ShortestGap))
            written += await Write(new Past(new() { [symbol.Last.Symbol] = null }, symbol.Last.At.AddTicks(1), opening.At, symbol.Forming), ct);

        return written;
    }

    private async Task<int> Write(Past past, CancellationToken ct)
    {
        if (past.Symbols.Count == 0) return 0;

        var growth = new Growth(past);
        var written = await archive.WriteSynthetic(growth.Bars(memory.Market), () => growth.LastQuotes, ct);
        foreach (var last in growth.LastQuotes)
        {
            var forming = growth.Forming(last.Symbol);
            memory.Bars.Restore(last.Symbol, forming);
            memory.Latest.Restore(last, forming[BarPeriod.D1].Bid.Open);
        }

        return written;
    }

    /// <summary>A stretch of time to make up, from bars that were already begun.</summary>
    private sealed record Past(
        Dictionary<string, decimal?> Symbols, DateTimeOffset From, DateTimeOffset To, IReadOnlyDictionary<BarPeriod, Bar> Forming)
    {
        /// <summary>At least three samples in the shortest bar that is kept of that age.</summary>
        public TimeSpan StepAt(DateTimeOffset at) => (To - at) switch
        {
            var age when age <= Kept[BarPeriod.M1] => TimeSpan.FromSeconds(10),
            var age when age <= Kept[BarPeriod.M5] => TimeSpan.FromMinutes(1),
            var age when age <= Kept[BarPeriod.H1] => TimeSpan.FromMinutes(5),
            _ => TimeSpan.FromMinutes(20),
        };
    }

    /// <summary>Builds the bars sample by sample, so that two years never stand in memory.</summary>
    private sealed class Growth(Past past)
    {
        private readonly Dictionary<string, BarBuilder> _builders = past.Symbols.Keys.ToDictionary(symbol => symbol, symbol =>
        {
            var builder = new BarBuilder(symbol, BarPeriod.M1);
            builder.Restore(past.Forming);
            return builder;
        });

        private readonly Dictionary<string, Quote> _last = [];

        public IReadOnlyList<Quote> LastQuotes => [.. _last.Values];

        public IEnumerable<Bar> Bars(SimulatedMarket market)
        {
            var closed = new List<Bar>();
            foreach (var sample in new SimulatedHistory(market).Samples(past.Symbols, past.From, past.To, past.StepAt))
            {
                closed.Clear();
                _builders[sample.Symbol].Add(sample, closed);
                _last[sample.Symbol] = sample;
                foreach (var bar in closed)
                {
                    if (past.To - bar.OpensAt <= Kept[bar.Period]) yield return bar;
                }
            }

            foreach (var forming in _last.Keys.SelectMany(symbol => Forming(symbol).Values)) yield return forming;
        }

        public Dictionary<BarPeriod, Bar> Forming(string symbol) => BarPeriods.Stored
            .Select(period => _builders[symbol].Forming(period))
            .OfType<Bar>()
            .ToDictionary(bar => bar.Period);
    }
}
