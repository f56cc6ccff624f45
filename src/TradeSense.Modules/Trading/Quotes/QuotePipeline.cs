using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Filter;

namespace TradeSense.Modules.Trading.Quotes;

/// <summary>The way of a quote: feed, filter, memory, archive, engine. Hosted by the engine's shell, once per installation.</summary>
public sealed class QuotePipeline : IDisposable
{
    /// <summary>So many quotes may wait for the archive; then the feed waits too.</summary>
    private const int Backlog = 50_000;

    private readonly IQuoteFeed _feed;
    private readonly LatestQuotes _latest;
    private readonly LiveBars _bars;
    private readonly QuotesOptions _options;
    private readonly TimeProvider _clock;
    private readonly QuoteArchive _archive;
    private readonly ArchiveBuffer _buffer;
    private readonly SeedHistory _history;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Queue<ArchiveBatch> _unwritten = [];
    private volatile Reading? _reading;
    private bool _prepared;
    private bool _ended;

    internal QuotePipeline(IQuoteFeed feed, QuoteFilter filter, QuoteMemory memory, QuoteArchive archive, QuotesOptions options, TimeProvider clock)
    {
        (_feed, Filter, _archive, _options, _clock) = (feed, filter, archive, options, clock);
        _latest = memory.Latest;
        _bars = memory.Bars;
        _buffer = new ArchiveBuffer(memory.Bars);
        _history = new SeedHistory(memory, archive, options);
    }

    public QuoteFilter Filter { get; }

    /// <summary>Since when the feed is read here, by the market's time; null while it is not.</summary>
    public DateTimeOffset? ReadingSince => _reading?.Since;

    /// <summary>The last quote of every symbol there is one of, those of closed markets too.</summary>
    public IReadOnlyList<Quote> Known => [.. _latest.All.Select(latest => latest.Quote)];

    /// <summary>Takes up where an earlier run stopped and fills the past of a new installation. <see cref="Run"/> does it when nobody has.</summary>
    public async Task Prepare(CancellationToken ct)
    {
        if (_prepared)
        {
            if (_latest.All is { Count: > 0 } seen) _feed.ResumeAfter(seen.Max(latest => latest.Quote.At));
            return;
        }

        var stored = await _archive.Read(ct);
        foreach (var symbol in stored)
        {
            _bars.Restore(symbol.Last.Symbol, symbol.Forming);
            _latest.Restore(symbol.Last, symbol.Forming.TryGetValue(BarPeriod.D1, out var day) ? day.Bid.Open : symbol.Last.Bid.Value);
            if (symbol.Minute is { } minute) _buffer.Restore(minute);
        }

        if (stored.Count > 0) _feed.ResumeAfter(stored.Max(symbol => symbol.Last.At));
        await _history.Run(await _feed.Opening(ct), stored, ct);
        foreach (var latest in _latest.All) Filter.Restore(latest.Quote);
        _prepared = true;
    }

    /// <summary>What the process that reads the feed has written down, for one that only follows it.</summary>
    public async Task Recall(CancellationToken ct)
    {
        foreach (var symbol in await _archive.Read(ct))
        {
            _bars.Restore(symbol.Last.Symbol, symbol.Forming);
            _latest.Restore(symbol.Last, symbol.Forming.TryGetValue(BarPeriod.D1, out var day) ? day.Bid.Open : symbol.Last.Bid.Value);
        }
    }

    /// <summary>A quote that another process read and accepted: it goes into memory here, and into the archive there.</summary>
    public void Overhear(in Quote quote)
    {
        _latest.Put(quote);
        _bars.Add(quote, []);
    }

    /// <summary>
    /// Reads the feed until it ends or is cancelled. Every accepted quote is delivered once, in order; the next one waits until it was taken.
    /// After a failure it may be run again and loses nothing that was accepted; a feed that has ended stays ended, and another run waits to be cancelled.
    /// </summary>
    public async Task Run(Func<Quote, CancellationToken, ValueTask> deliver, CancellationToken ct)
    {
        if (_ended)
        {
            if (_unwritten.Count == 0) await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            await Write(ct);
            return;
        }

        await Prepare(ct);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var writing = WriteRegularly(stop.Token);
        var reading = Read(deliver, stop.Token);
        await Task.WhenAny(reading, writing);
        await stop.CancelAsync();
        try
        {
            await reading;
            _ended = true;
        }
        finally
        {
            // A failed write is the cause, the reader's end only its effect; it is what the caller hears.
            await writing;
            await Write(CancellationToken.None);
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task Read(Func<Quote, CancellationToken, ValueTask> deliver, CancellationToken ct)
    {
        var accepted = new List<Quote>();
        _reading = new Reading(_feed.Now);
        try
        {
            await foreach (var offered in _feed.Read(ct))
            {
                accepted.Clear();
                Filter.Offer(offered, _feed.Now, accepted);
                foreach (var good in accepted)
                {
                    _latest.Put(good);
                    _buffer.Add(good);
                    await deliver(good, ct);
                }

                if (_buffer.Pending >= Backlog) await Write(ct);
            }
        }
        finally
        {
            _reading = null;
        }
    }

    private async Task WriteRegularly(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(_options.WriteEvery, _clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Write(CancellationToken.None);
        }
    }

    private IReadOnlyList<QuoteOutcome> NewOutcomes()
    {
        var now = _clock.GetUtcNow();
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        return [.. Filter.Tallies.SelectMany(symbol => symbol.Value.TakeNew().Select(counted => new QuoteOutcome(symbol.Key, hour, counted.Outcome, counted.Quotes)))];
    }

    private async Task Write(CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            // What could not be written stays in line, so that a later try keeps the order.
            var batch = _buffer.Take() with { Outcomes = NewOutcomes() };
            if (!batch.IsEmpty) _unwritten.Enqueue(batch);
            while (_unwritten.TryPeek(out var next))
            {
                await _archive.Write(next, ct);
                _unwritten.Dequeue();
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private sealed record Reading(DateTimeOffset Since);
}
