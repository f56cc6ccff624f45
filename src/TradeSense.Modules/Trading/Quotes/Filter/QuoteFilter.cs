using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Filter;

/// <summary>Lets through what trading may rest on. A step beyond the jump limit waits until the following quotes stand there too; then it counts, late but whole.</summary>
/// <remarks>
/// Order holds within a symbol, not between symbols: a confirmed quote is older than what other symbols brought meanwhile. One thread.
/// </remarks>
public sealed class QuoteFilter(IEnumerable<string> symbols, QuotesOptions options)
{
    private static readonly int Reasons = Enum.GetValues<QuoteRejection>().Length;

    private readonly Dictionary<string, Gate> _gates = symbols.ToDictionary(
        symbol => symbol,
        symbol => new Gate(
            InstrumentCatalog.All.FirstOrDefault(instrument => instrument.Symbol == symbol), options.JumpLimits.TryGetValue(symbol, out var limit) ? limit : options.JumpLimit),
        StringComparer.Ordinal);

    private readonly long[] _rejected = new long[Reasons];
    private long _accepted;

    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Refused quotes by reason since the start. May be read while quotes come in.</summary>
    public IReadOnlyDictionary<QuoteRejection, long> Rejected =>
        Enum.GetValues<QuoteRejection>().ToDictionary(reason => reason, reason => Volatile.Read(ref _rejected[(int)reason]));

    /// <summary>Quotes waiting for confirmation.</summary>
    public int Quarantined => _gates.Values.Sum(gate => gate.Held.Count);

    /// <summary>Goes on from the last accepted quote of an earlier run, without counting it.</summary>
    public void Restore(in Quote last)
    {
        if (_gates.TryGetValue(last.Symbol, out var gate)) (gate.HasLast, gate.Last) = (true, last);
    }

    /// <summary>Judges one quote. What may now be used, in order, is added to <paramref name="accepted"/>: nothing, this quote, or quarantined ones and this one.</summary>
    /// <param name="now">The market's time; the quote's age is counted from it.</param>
    /// <returns>Why this quote itself was refused; null when it was accepted or quarantined.</returns>
    public QuoteRejection? Offer(in Quote quote, DateTimeOffset now, List<Quote> accepted)
    {
        if (!_gates.TryGetValue(quote.Symbol, out var gate)) return Reject(QuoteRejection.UnknownInstrument);
        if (quote.Bid.Value <= 0) return Reject(QuoteRejection.NotPositive);
        if (quote.Ask < quote.Bid) return Reject(QuoteRejection.Crossed);
        if (gate.Instrument?.Accepts(quote) == false) return Reject(QuoteRejection.TooFine);
        if (gate.HasLast && quote.At < gate.Newest) return Reject(QuoteRejection.OutOfOrder);
        if (now - quote.At > options.Staleness) return Reject(QuoteRejection.Stale);

        if (!gate.HasLast || gate.IsNear(gate.Last, quote))
        {
            // The market is where it was: what was held was a spike.
            RejectHeld(gate);
            Accept(gate, quote, accepted);
            return null;
        }

        // A second step elsewhere confirms nothing; only the newest place is worth waiting at.
        if (gate.Held.Count > 0 && !gate.IsNear(gate.Held[^1], quote)) RejectHeld(gate);
        gate.Held.Add(quote);
        if (gate.Held.Count > options.Confirmations) ReleaseHeld(gate, accepted);
        return null;
    }

    private void ReleaseHeld(Gate gate, List<Quote> accepted)
    {
        foreach (var held in gate.Held) Accept(gate, held, accepted);
        gate.Held.Clear();
    }

    private void Accept(Gate gate, in Quote quote, List<Quote> accepted)
    {
        gate.HasLast = true;
        gate.Last = quote;
        accepted.Add(quote);
        Volatile.Write(ref _accepted, _accepted + 1);
    }

    private void RejectHeld(Gate gate)
    {
        for (var i = 0; i < gate.Held.Count; i++) Reject(QuoteRejection.Spike);
        gate.Held.Clear();
    }

    private QuoteRejection Reject(QuoteRejection reason)
    {
        Volatile.Write(ref _rejected[(int)reason], _rejected[(int)reason] + 1);
        return reason;
    }

    private sealed class Gate(Instrument? instrument, decimal jumpLimit)
    {
        /// <summary>Null for a symbol only a test knows.</summary>
        public Instrument? Instrument => instrument;

        public readonly List<Quote> Held = [];
        public bool HasLast;
        public Quote Last;

        public DateTimeOffset Newest => Held.Count > 0 ? Held[^1].At : Last.At;

        /// <summary>Within the jump limit of each other. Twice the mid on both sides, so nothing is divided.</summary>
        public bool IsNear(in Quote from, in Quote to)
        {
            var (before, after) = (from.Bid.Value + from.Ask.Value, to.Bid.Value + to.Ask.Value);
            return Math.Abs(after - before) <= before * jumpLimit;
        }
    }
}
