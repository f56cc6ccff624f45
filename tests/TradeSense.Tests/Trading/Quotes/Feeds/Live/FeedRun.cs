using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Feeds.Live;
using TradeSense.Modules.Trading.Quotes.Feeds.Live.Fix;

namespace TradeSense.Tests.Trading.Quotes.Feeds.Live;

/// <summary>A live feed being read, with short waits.</summary>
internal sealed class FeedRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;

    private FeedRun(LiveOptions options, TimeProvider clock, Func<Task>? beforeEach)
    {
        IVenue[] all = [new Binance(options), new Polygon(options), new FixBridge(options)];
        Feed = new LiveFeed(options, [.. all.Where(venue => options.Uses(venue.Name))], clock, NullLogger.Instance);
        _reading = Task.Run(() => Read(beforeEach));
    }

    public LiveFeed Feed { get; }
    public ConcurrentQueue<FeedQuote> Quotes { get; } = [];
    public FeedLine Line => Feed.Lines[0];

    public static FeedRun Start(LiveOptions options, TimeProvider? clock = null, Func<Task>? beforeEach = null) => new(options, clock ?? TimeProvider.System, beforeEach);

    public static LiveOptions Quick(params FeedRoute[] routes) => new()
    {
        Routes = routes, FirstWait = TimeSpan.FromMilliseconds(20), LongestWait = TimeSpan.FromMilliseconds(100), RefusedWait = TimeSpan.FromMilliseconds(300), HeardWithin = TimeSpan.FromSeconds(5),
    };

    public async Task<Quote[]> Until(int quotes)
    {
        await Until(() => Quotes.Count >= quotes, () => $"{quotes} quotes; {Quotes.Count} came, {string.Join("; ", Feed.Lines)}");
        return [.. Quotes.Select(offered => offered.Quote)];
    }

    public static async Task Until(Func<bool> holds, Func<string> what)
    {
        for (var i = 0; !holds(); i++)
        {
            if (i == 1000) Assert.Fail("Waited in vain for " + what());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Ends when every connection has.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.WaitAsync(TimeSpan.FromSeconds(20));
        _stop.Dispose();
    }

    private async Task Read(Func<Task>? beforeEach)
    {
        try
        {
            await foreach (var quote in Feed.Read(_stop.Token))
            {
                if (beforeEach is not null) await beforeEach();
                Quotes.Enqueue(quote);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over.
        }
    }
}
