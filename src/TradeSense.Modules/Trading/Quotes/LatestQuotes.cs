using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes;

/// <summary>A symbol's last accepted quote and how it stands against the first of its UTC day.</summary>
/// <param name="DayOpen">The day's first bid.</param>
public sealed record LatestQuote(Quote Quote, decimal DayOpen)
{
    public decimal DayChange => Quote.Bid.Value - DayOpen;

    /// <summary>In percent of the day's first bid, unrounded.</summary>
    public decimal DayChangePercent => DayChange * 100m / DayOpen;
}

/// <summary>The last accepted quote of every symbol, in memory, for watch lists and marks. One writer, the pipeline; any number of readers.</summary>
public sealed class LatestQuotes
{
    private readonly ConcurrentDictionary<string, LatestQuote> _quotes = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>Called with each accepted quote, by the pipeline itself: whoever listens must not keep it waiting.</summary>
    public event Action<Quote>? Heard;

    /// <summary>Grows with every change, so that a stream knows whether there is news.</summary>
    public long Version => Volatile.Read(ref _version);

    public IReadOnlyList<LatestQuote> All => [.. _quotes.Values.OrderBy(latest => latest.Quote.Symbol, StringComparer.Ordinal)];

    public bool TryGet(string symbol, [NotNullWhen(true)] out LatestQuote? latest) => _quotes.TryGetValue(symbol, out latest);

    internal void Put(in Quote quote)
    {
        var sameDay = _quotes.TryGetValue(quote.Symbol, out var before) && before.Quote.At.UtcDateTime.Date == quote.At.UtcDateTime.Date;
        _quotes[quote.Symbol] = new LatestQuote(quote, sameDay ? before!.DayOpen : quote.Bid.Value);
        Interlocked.Increment(ref _version);
        Heard?.Invoke(quote);
    }

    internal void Restore(in Quote quote, decimal dayOpen)
    {
        _quotes[quote.Symbol] = new LatestQuote(quote, dayOpen);
        Interlocked.Increment(ref _version);
    }
}
