using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds;

/// <summary>A source of quotes: the synthetic market, a recording, live venues. Nothing is checked here; <see cref="Filter.QuoteFilter"/> does that.</summary>
public interface IQuoteFeed
{
    /// <summary>For people and health pages: <c>synthetic</c>, <c>replay</c> …</summary>
    string Name { get; }

    /// <summary>The instant this feed's market has reached: the wall clock for a live venue, the recording's time for a replay.</summary>
    DateTimeOffset Now { get; }

    FeedHealth Health { get; }

    /// <summary>The connections behind it; none where nothing is connected.</summary>
    IReadOnlyList<FeedLine> Lines => [];

    /// <summary>The symbols it promises quotes of; null for whatever has been quoted.</summary>
    IReadOnlyCollection<string>? Symbols => null;

    /// <summary>An earlier run got as far as this; the feed goes on behind it. Told before anything else is asked.</summary>
    void ResumeAfter(DateTimeOffset last);

    /// <summary>Where the market stands before the first quote, so that history can lead up to it.</summary>
    ValueTask<FeedOpening> Opening(CancellationToken ct);

    /// <summary>Quotes as they happen, in the order of the source. Read once; the reader's pace holds the feed back.</summary>
    IAsyncEnumerable<FeedQuote> Read(CancellationToken ct);
}

/// <param name="LastQuoteAt">The market time of the last quote; null before the first.</param>
/// <param name="LastReceivedAt">When it came, by the wall clock.</param>
public sealed record FeedHealth(DateTimeOffset? LastQuoteAt, DateTimeOffset? LastReceivedAt, long Quotes);

/// <param name="At">The market's first instant.</param>
/// <param name="Quotes">The first quote of each symbol; empty when the feed's own process leads up to it.</param>
public sealed record FeedOpening(DateTimeOffset At, IReadOnlyDictionary<string, Quote> Quotes);
