namespace TradeSense.Modules.Trading.Quotes.Filter;

/// <summary>How many quotes of one symbol were accepted, and refused for which reason, since the start. The filter counts; anybody may read.</summary>
public sealed class QuoteTally
{
    public const string AcceptedCode = "accepted";

    private static readonly QuoteRejection[] Reasons = Enum.GetValues<QuoteRejection>();

    private readonly long[] _rejected = new long[Reasons.Length];
    private readonly long[] _stored = new long[Reasons.Length + 1];
    private long _accepted;

    public long Accepted => Volatile.Read(ref _accepted);

    public long Rejected(QuoteRejection reason) => Volatile.Read(ref _rejected[(int)reason]);

    internal void Accept() => Volatile.Write(ref _accepted, _accepted + 1);

    internal void Reject(QuoteRejection reason) => Volatile.Write(ref _rejected[(int)reason], _rejected[(int)reason] + 1);

    /// <summary>What was counted since the last call, by code. For the one who writes it down.</summary>
    internal IEnumerable<(string Outcome, long Quotes)> TakeNew()
    {
        foreach (var reason in Reasons)
            if (Taken((int)reason, Rejected(reason)) is > 0 and var refused) yield return (reason.Code(), refused);
        if (Taken(Reasons.Length, Accepted) is > 0 and var accepted) yield return (AcceptedCode, accepted);
    }

    private long Taken(int place, long now)
    {
        var fresh = now - _stored[place];
        _stored[place] = now;
        return fresh;
    }
}
