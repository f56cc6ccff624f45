using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Filter;

namespace TradeSense.Modules.Trading.Quotes.Standing;

/// <summary>Where one symbol stands in the process that reads the feed.</summary>
/// <param name="Silence">How long it has had no accepted quote; null before the first.</param>
/// <param name="Limit">A longer silence in an open market is an outage.</param>
public sealed record SymbolStanding(string Symbol, bool IsOpen, DateTimeOffset? LastAt, TimeSpan? Silence, TimeSpan Limit, bool IsOut);

/// <summary>The feed as it stands now: its connections, and which symbols are out. Known where the feed is read.</summary>
public sealed class FeedStanding(IQuoteFeed feed, QuotePipeline pipeline, LatestQuotes latest, QuotesOptions options)
{
    public string FeedName => feed.Name;
    public FeedHealth Health => feed.Health;
    public IReadOnlyList<FeedLine> Lines => feed.Lines;
    public IReadOnlyList<LatestQuote> Latest => latest.All;
    public SpikeLog Spikes => pipeline.Filter.Spikes;
    public int Quarantined => pipeline.Filter.Quarantined;

    /// <summary>Whether this process reads the feed at this moment.</summary>
    public bool IsReading => pipeline.ReadingSince is not null;

    /// <summary>The market's time.</summary>
    public DateTimeOffset Now => feed.Now;

    /// <summary>Each symbol the feed promises, or has quoted where it promises none.</summary>
    public IReadOnlyList<SymbolStanding> Symbols()
    {
        var now = feed.Now;
        var promised = feed.Symbols is { Count: > 0 } symbols ? symbols : latest.All.Select(one => one.Quote.Symbol);
        return [.. promised.Select(symbol => InstrumentCatalog.All.FirstOrDefault(instrument => instrument.Symbol == symbol)).OfType<Instrument>().Select(instrument => Of(instrument, now))];
    }

    /// <summary>
    /// A market that has been open for its symbol's limit, with no accepted quote for that long. The engine counts the same way, so what is out here is refused
    /// <c>no_price</c> there. Time in which nobody read the feed is not held against it.
    /// </summary>
    private SymbolStanding Of(Instrument instrument, DateTimeOffset now)
    {
        var limit = options.SilenceOf(instrument.Symbol);
        var lastAt = latest.TryGet(instrument.Symbol, out var known) ? known.Quote.At : (DateTimeOffset?)null;
        var isOpen = MarketHours.IsOpen(instrument.Session, now);
        var listened = pipeline.ReadingSince is { } since ? now - since : TimeSpan.Zero;
        var silence = now - lastAt;
        var isOut = isOpen && MarketHours.IsOpen(instrument.Session, now - limit) && listened > limit && (silence is null || silence > limit);
        return new SymbolStanding(instrument.Symbol, isOpen, lastAt, silence, limit, isOut);
    }
}
