using System.Runtime.CompilerServices;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

namespace TradeSense.Modules.Trading.Quotes.Feeds;

/// <summary>A market that does not exist but behaves like one: what its quotes are follows from the seed and the instant alone.</summary>
/// <remarks>So a restart goes on where the market would be, two nodes see the same, and history is the same process asked about the past.</remarks>
public sealed class SyntheticFeed : IQuoteFeed
{
    /// <summary>Further behind than this (a paused machine, a clock set forward), what was missed is left out, as a venue would.</summary>
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(30);

    private readonly FeedClock _clock;
    private readonly FeedPulse _pulse;
    private readonly SimulatedTape _tape;
    private readonly bool _keepsWallTime;
    private DateTimeOffset _start;

    internal SyntheticFeed(SimulatedMarket market, QuotesOptions options, TimeProvider wall)
    {
        _keepsWallTime = options is { StartAt: null, Speed: 1 };
        _start = options.StartAt ?? wall.GetUtcNow();
        _tape = new SimulatedTape(market.Walk(), options.QuotesPerSecond);
        _pulse = new FeedPulse(wall);
        _clock = new FeedClock(wall, options.Speed);
        _clock.Set(_start);
    }

    public string Name => "synthetic";
    public DateTimeOffset Now => _clock.Now;
    public FeedHealth Health => _pulse.Health;

    public void ResumeAfter(DateTimeOffset last)
    {
        if (last < _start) return;

        _start = last.AddTicks(1);
        _clock.Set(_start);
    }

    public ValueTask<FeedOpening> Opening(CancellationToken ct) =>
        ValueTask.FromResult(new FeedOpening(_start, new Dictionary<string, Quote>()));

    public async IAsyncEnumerable<FeedQuote> Read([EnumeratorCancellation] CancellationToken ct)
    {
        // Preparing took its time: a market of its own waits for its reader, the wall clock does not.
        if (!_keepsWallTime) _clock.Set(_start);
        var first = _clock.Now > _start ? _clock.Now : _start;
        var batch = new List<Quote>();
        for (var slot = _tape.SlotOf(first); ; slot++)
        {
            ct.ThrowIfCancellationRequested();
            if (!_clock.IsUnthrottled && _clock.Now - _tape.StartOf(slot) > CatchUp) slot = _tape.SlotOf(_clock.Now);

            _tape.Fill(slot, batch);
            foreach (var quote in batch)
            {
                if (quote.At < first) continue;

                await _clock.WaitUntil(quote.At, ct);
                _pulse.Beat(quote);
                yield return quote;
            }

            await _clock.WaitUntil(_tape.StartOf(slot + 1), ct);
        }
    }
}
