using System.Collections.Concurrent;

namespace TradeSense.Faults;

/// <summary>What the load client did and heard, kept by itself: the truth the database is held against.</summary>
public sealed class ClientJournal
{
    private readonly ConcurrentDictionary<(Guid Account, string ClientId), Entry> _entries = new();
    private long _answered;
    private long _unknown;
    private long _resolved;

    public sealed record Order(string Kind, string Side, decimal Lots, int? Position);

    /// <param name="Answer">As the server gave it: a fill, or the name of the refusal.</param>
    public sealed record Answer(string? Refused, int Position, decimal Price);

    public sealed record Entry(Order Sent, Answer? Heard);

    public IReadOnlyCollection<KeyValuePair<(Guid Account, string ClientId), Entry>> Entries => [.. _entries];

    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Orders of which at some time nobody could say whether they had been done.</summary>
    public long Unknown => Interlocked.Read(ref _unknown);

    /// <summary>Those of them that the same client id brought an answer for.</summary>
    public long Resolved => Interlocked.Read(ref _resolved);

    public void Send(Guid account, string clientId, Order order)
    {
        if (!_entries.TryAdd((account, clientId), new Entry(order, null))) throw new InvalidOperationException($"{clientId} was used twice by the client itself.");
    }

    public void BecameUnknown() => Interlocked.Increment(ref _unknown);

    public void BecameKnown() => Interlocked.Increment(ref _resolved);

    public void Hear(Guid account, string clientId, Answer answer)
    {
        var sent = _entries[(account, clientId)];
        if (sent.Heard is not null) throw new InvalidOperationException($"{clientId} was answered twice.");
        _entries[(account, clientId)] = sent with { Heard = answer };
        Interlocked.Increment(ref _answered);
    }
}
