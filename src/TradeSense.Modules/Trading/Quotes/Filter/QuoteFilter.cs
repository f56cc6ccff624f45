using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Feeds;

namespace TradeSense.Modules.Trading.Quotes.Filter;

/// <summary>Lets through what trading may rest on. A step beyond the jump limit waits until the following quotes or the reference feed stand there too; then it counts, late but whole.</summary>
/// <remarks>
/// A reference feed that has spoken lately decides alone: while it stands elsewhere, following quotes of the same source confirm nothing.
/// Order holds within a symbol, not between symbols: a confirmed quote is older than what other symbols brought meanwhile. One thread.
/// </remarks>
public sealed class QuoteFilter
{
    /// <summary>What a symbol nobody trades is counted under.</summary>
    public const string OtherSymbols = "(other)";

    /// <summary>So many quotes wait while the reference feed speaks against them.</summary>
    private const int MostHeld = 64;

    private readonly QuotesOptions _options;
    private readonly Dictionary<string, QuoteGate> _gates;
    private readonly QuoteTally _others = new();

    public QuoteFilter(IEnumerable<string> symbols, QuotesOptions options)
    {
        _options = options;
        _gates = symbols.ToDictionary(
            symbol => symbol,
            symbol => new QuoteGate(InstrumentCatalog.All.FirstOrDefault(instrument => instrument.Symbol == symbol), options.JumpLimits.GetValueOrDefault(symbol, options.JumpLimit)),
            StringComparer.Ordinal);
        Tallies = _gates.Select(gate => KeyValuePair.Create(gate.Key, gate.Value.Tally)).Append(KeyValuePair.Create(OtherSymbols, _others)).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Counts by symbol since the start. May be read while quotes come in.</summary>
    public IReadOnlyDictionary<string, QuoteTally> Tallies { get; }

    public SpikeLog Spikes { get; } = new();

    public long Accepted => Tallies.Values.Sum(tally => tally.Accepted);

    /// <summary>Refused quotes of all symbols by reason since the start.</summary>
    public IReadOnlyDictionary<QuoteRejection, long> Rejected =>
        Enum.GetValues<QuoteRejection>().ToDictionary(reason => reason, reason => Tallies.Values.Sum(tally => tally.Rejected(reason)));

    /// <summary>Quotes waiting for confirmation.</summary>
    public int Quarantined => _gates.Values.Sum(gate => gate.Held.Count);

    /// <summary>Goes on from the last accepted quote of an earlier run, without counting it.</summary>
    public void Restore(in Quote last)
    {
        if (_gates.TryGetValue(last.Symbol, out var gate)) gate.Accept(last);
    }

    /// <summary>Judges one quote. What may now be used, in order, is added to <paramref name="accepted"/>: nothing, this quote, or quarantined ones and this one.</summary>
    /// <param name="now">The market's time; the quote's age is counted from it.</param>
    /// <returns>Why this quote itself was refused; null when it was accepted or quarantined, or when it is the reference feed's.</returns>
    public QuoteRejection? Offer(in FeedQuote offered, DateTimeOffset now, List<Quote> accepted)
    {
        var quote = offered.Quote;
        if (!_gates.TryGetValue(quote.Symbol, out var gate)) return Reject(_others, QuoteRejection.UnknownInstrument);
        if (offered.IsReference) return Compare(gate, quote, now, accepted);
        if (gate.Fault(quote) is { } fault) return Reject(gate.Tally, fault);
        if (quote.At - now > _options.FutureLimit) return Reject(gate.Tally, QuoteRejection.Future);
        if (gate.Disorder(offered) is { } disorder) return Reject(gate.Tally, disorder);
        if (now - quote.At > _options.Staleness) return Reject(gate.Tally, QuoteRejection.Stale);

        gate.Seen(offered);
        if (gate.IsAtLast(quote))
        {
            // The market is where it was: what was held was a spike.
            RejectHeld(gate, quote);
            Accept(gate, quote, accepted);
            return null;
        }

        // A second step elsewhere confirms nothing; only the newest place is worth waiting at.
        if (gate.Held.Count > 0 && !gate.IsNear(gate.Held[^1], quote)) RejectHeld(gate, quote);
        gate.Held.Add(quote);
        Decide(gate, now, accepted);
        return null;
    }

    private void Decide(QuoteGate gate, DateTimeOffset now, List<Quote> accepted)
    {
        var word = gate.ReferenceWord(now, _options.ReferenceAge);
        if (word ?? gate.Held.Count > _options.Confirmations) ReleaseHeld(gate, accepted);
        else if (gate.Held.Count > MostHeld) RejectOldest(gate);
    }

    /// <summary>The second feed's quote: it may end a quarantine, and is forgotten when it is none to trust.</summary>
    private QuoteRejection? Compare(QuoteGate gate, in Quote reference, DateTimeOffset now, List<Quote> accepted)
    {
        if (gate.Fault(reference) is not null || reference.At - now > _options.FutureLimit) return null;

        gate.Refer(reference);
        if (gate.Held.Count > 0 && gate.ReferenceWord(now, _options.ReferenceAge) == true) ReleaseHeld(gate, accepted);
        return null;
    }

    private static void ReleaseHeld(QuoteGate gate, List<Quote> accepted)
    {
        foreach (var held in gate.Held) Accept(gate, held, accepted);
        gate.Held.Clear();
    }

    private static void Accept(QuoteGate gate, in Quote quote, List<Quote> accepted)
    {
        gate.Accept(quote);
        gate.Tally.Accept();
        accepted.Add(quote);
    }

    private void RejectHeld(QuoteGate gate, in Quote next)
    {
        if (gate.Held.Count == 0) return;

        var market = gate.Last!.Value.Mid;
        Spikes.Add(new Spike(next.Symbol, gate.Held[0].At, next.At, gate.Held.Count, gate.Held.MaxBy(held => Math.Abs(held.Mid - market))));
        foreach (var _ in gate.Held) gate.Tally.Reject(QuoteRejection.Spike);
        gate.Held.Clear();
    }

    private static void RejectOldest(QuoteGate gate)
    {
        gate.Held.RemoveAt(0);
        gate.Tally.Reject(QuoteRejection.Spike);
    }

    private static QuoteRejection Reject(QuoteTally tally, QuoteRejection reason)
    {
        tally.Reject(reason);
        return reason;
    }
}
