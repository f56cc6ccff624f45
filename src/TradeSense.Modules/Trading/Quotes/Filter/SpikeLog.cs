using System.Collections.Concurrent;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Filter;

/// <summary>A step that nothing confirmed: the quotes from its first to the one that showed it was none.</summary>
/// <param name="Furthest">The quarantined quote furthest from the market.</param>
public sealed record Spike(string Symbol, DateTimeOffset From, DateTimeOffset To, int Quotes, Quote Furthest);

/// <summary>Spikes waiting to be told to people. The oldest go when nobody asks.</summary>
public sealed class SpikeLog
{
    private const int Most = 1000;
    private readonly ConcurrentQueue<Spike> _spikes = [];

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Spike? spike) => _spikes.TryDequeue(out spike);

    internal void Add(Spike spike)
    {
        _spikes.Enqueue(spike);
        if (_spikes.Count > Most) _spikes.TryDequeue(out _);
    }
}
