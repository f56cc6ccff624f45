using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Feeds;

namespace TradeSense.Modules.Trading.Quotes.Filter;

/// <summary>What the filter knows of one symbol: its last accepted quote, what waits in quarantine, and where the reference feed stands.</summary>
/// <param name="instrument">Null for a symbol only a test knows.</param>
internal sealed class QuoteGate(Instrument? instrument, decimal jumpLimit)
{
    private long? _sequence;
    private Quote? _reference;

    public Instrument? Instrument => instrument;
    public QuoteTally Tally { get; } = new();
    public List<Quote> Held { get; } = [];
    public Quote? Last { get; private set; }

    private Quote? Newest => Held.Count > 0 ? Held[^1] : Last;

    /// <summary>What the quote is by itself, whatever came before it.</summary>
    public QuoteRejection? Fault(in Quote quote)
    {
        if (quote.Bid.Value <= 0) return QuoteRejection.NotPositive;
        if (quote.Ask < quote.Bid) return QuoteRejection.Crossed;
        return instrument?.Accepts(quote) == false ? QuoteRejection.TooFine : null;
    }

    /// <summary>Whether it stands in order behind the symbol's last one, the quarantined included.</summary>
    public QuoteRejection? Disorder(in FeedQuote offered)
    {
        var (quote, newest) = (offered.Quote, Newest);
        if (offered.Sequence is { } number && _sequence is { } last && number <= last) return number == last ? QuoteRejection.Duplicate : QuoteRejection.OutOfOrder;
        if (newest is not { } before) return null;
        if (quote.At < before.At) return QuoteRejection.OutOfOrder;
        return offered.Sequence is null && quote == before ? QuoteRejection.Duplicate : null;
    }

    public void Seen(in FeedQuote offered) => _sequence = offered.Sequence ?? _sequence;

    public void Accept(in Quote quote) => Last = quote;

    public void Refer(in Quote reference) => _reference = reference;

    public bool IsAtLast(in Quote quote) => Last is not { } last || IsNear(last, quote);

    /// <summary>Within the jump limit of each other. Twice the mid on both sides, so nothing is divided.</summary>
    public bool IsNear(in Quote from, in Quote to)
    {
        var (before, after) = (from.Bid.Value + from.Ask.Value, to.Bid.Value + to.Ask.Value);
        return Math.Abs(after - before) <= before * jumpLimit;
    }

    /// <summary>The reference feed's word on the newest quarantined quote: true for, false against, null when it has not spoken lately.</summary>
    public bool? ReferenceWord(DateTimeOffset now, TimeSpan age) =>
        _reference is { } reference && now - reference.At <= age ? IsNear(reference, Held[^1]) : null;
}
