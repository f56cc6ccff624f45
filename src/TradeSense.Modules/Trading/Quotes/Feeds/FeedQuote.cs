using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds;

/// <summary>A quote as its feed delivers it.</summary>
/// <param name="Sequence">The source's own number, which grows within a symbol; null where the source gives none.</param>
/// <param name="IsReference">From the second feed of its symbol: it speaks for or against a step of the first one, and nothing trades on it.</param>
public readonly record struct FeedQuote(Quote Quote, long? Sequence = null, bool IsReference = false)
{
    public static implicit operator FeedQuote(Quote quote) => new(quote);
}
