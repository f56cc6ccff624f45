using System.Runtime.CompilerServices;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds;

/// <summary>Plays recordings at a multiple of their own pace. Every pass after the first is moved by whole weeks, so that weekdays and sessions stay right.</summary>
/// <remarks>The silence between two passes is left out: market time leaps over it.</remarks>
public sealed class ReplayFeed(QuotesOptions options, TimeProvider wall) : IQuoteFeed
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly FeedClock _clock = new(wall, options.Speed);
    private readonly FeedPulse _pulse = new(wall);
    private DateTimeOffset? _resumeAfter;

    public string Name => "replay";
    public DateTimeOffset Now => _clock.Now;
    public FeedHealth Health => _pulse.Health;

    public void ResumeAfter(DateTimeOffset last)
    {
        _resumeAfter = last;
        _clock.Set(last);
    }

    /// <summary>Reads through the recordings' first day: each symbol's first sound quote.</summary>
    public ValueTask<FeedOpening> Opening(CancellationToken ct)
    {
        var firsts = new Dictionary<string, Quote>(StringComparer.Ordinal);
        DateTimeOffset? start = null;
        foreach (var quote in QuoteFiles.Read(options.Files))
        {
            start ??= quote.At;
            if (quote.At - start > TimeSpan.FromDays(1)) break;
            if (quote.Bid.Value > 0 && quote.Ask >= quote.Bid) firsts.TryAdd(quote.Symbol, quote);
        }

        if (start is not { } first) throw new InvalidOperationException("The recordings of the replay hold no quote.");

        var shift = FirstShift(first);
        return ValueTask.FromResult(new FeedOpening(first + shift, firsts.ToDictionary(
            symbol => symbol.Key, symbol => symbol.Value with { At = symbol.Value.At + shift })));
    }

    public async IAsyncEnumerable<FeedQuote> Read([EnumeratorCancellation] CancellationToken ct)
    {
        TimeSpan? shift = null;
        do
        {
            DateTimeOffset? first = null;
            DateTimeOffset last = default;
            foreach (var recorded in QuoteFiles.Read(options.Files))
            {
                ct.ThrowIfCancellationRequested();
                shift ??= FirstShift(recorded.At);
                var quote = recorded with { At = recorded.At + shift.Value };
                if (first is null) _clock.Set(quote.At);
                first ??= recorded.At;
                last = recorded.At;

                await _clock.WaitUntil(quote.At, ct);
                _pulse.Beat(quote);
                yield return quote;
            }

            if (first is not { } began) throw new InvalidOperationException("The recordings of the replay hold no quote.");
            shift += Weeks(last - began);
        }
        while (options.Loop);
    }

    /// <summary>To the last possible beginning at or before the instant asked for; behind what an earlier run has played.</summary>
    private TimeSpan FirstShift(DateTimeOffset first)
    {
        var shift = options.StartAt is { } start ? Week * Math.Floor((start - first) / Week) : TimeSpan.Zero;
        return _resumeAfter is { } after && first + shift <= after ? shift + Weeks(after - first - shift) : shift;
    }

    /// <summary>The fewest whole weeks that are longer than a span.</summary>
    private static TimeSpan Weeks(TimeSpan span) => Week * ((span.Ticks / Week.Ticks) + 1);
}
