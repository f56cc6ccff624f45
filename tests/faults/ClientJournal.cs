using System.Collections.Concurrent;

namespace TradeSense.Faults;

/// <summary>What the load client did and heard, kept by itself: the truth the database is held against.</summary>
public sealed class ClientJournal
{
    private readonly ConcurrentDictionary<(Guid Account, string ClientId), Entry> _entries = new();
    private long _answered;
    private long _unknown;

    public sealed record Order(string Kind, string Side, decimal Lots, int? Position);

    /// <param name="Answer">As the server gave it: a fill, or the name of the refusal.</param>
    public sealed record Answer(string? Refused, int Position, decimal Price);

    public sealed record Entry(Order Sent, Answer? Heard);

    public IReadOnlyCollection<KeyValuePair<(Guid Account, string ClientId), Entry>> Entries => [.. _entries];

    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>How often an order had to be sent again because nobody knew what had become of it.</summary>
    public long Unknown => Interlocked.Read(ref _unknown);

    public void Send(Guid account, string clientId, Order order)
    {
        if (!_entries.TryAdd((account, clientId), new Entry(order, null))) throw new InvalidOperationException($"{clientId} was used twice by the client itself.");
    }

    public void NoAnswer() => Interlocked.Increment(ref _unknown);

    public void Hear(Guid account, string clientId, Answer answer)
    {
        var sent = _entries[(account, clientId)];
        if (sent.Heard is not null) throw new InvalidOperationException($"{clientId} was answered twice.");
        _entries[(account, clientId)] = sent with { Heard = answer };
        Interlocked.Increment(ref _answered);
    }
}
