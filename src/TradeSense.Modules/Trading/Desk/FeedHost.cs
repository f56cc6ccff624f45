using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk.Links;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>
/// Prices for this process. Of all processes the one that holds the first shard reads the feed; the others follow what it accepts, so that charts and
/// watch lists live there too, and shards they hold decide on the same quotes.
/// </summary>
internal sealed class FeedHost(ShardFleet fleet, TradingDesk desk, QuotePipeline quotes, FeedFollower follower, TradingOptions options, ILogger<FeedHost> log) : BackgroundService
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);
    private bool _isPrimed;

    private bool IsReader => fleet.Local(0) is { IsServing: true };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.RunFeed) return;

        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    if (IsReader) await ReadFeed(stoppingToken);
                    else await follower.Run(Follow, () => IsReader, stoppingToken);
                }
                catch (NpgsqlException error)
                {
                    log.LogError(error, "The quote archive could not be reached; prices begin again");
                }

                await Task.Delay(BetweenTries, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Until another process holds the first shard: two readers would write one archive.</summary>
    private async Task ReadFeed(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var losing = EndWhenLost(end);
        try
        {
            await quotes.Run(Deliver, end.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            log.LogWarning("Another process reads the feed now; this one follows it");
        }
        finally
        {
            await end.CancelAsync();
            await losing;
        }
    }

    private async Task EndWhenLost(CancellationTokenSource end)
    {
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(BetweenTries, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Not broken off by the end it watches for: that would be told instead of what ended the reading.
            if (!IsReader && !end.IsCancellationRequested && await follower.IsElsewhere(CancellationToken.None)) await end.CancelAsync();
        }
    }

    private async ValueTask Deliver(Quote quote, CancellationToken ct)
    {
        if (!_isPrimed)
        {
            await desk.TakeMissing(quotes.Known, ct);
            _isPrimed = true;
        }

        follower.Tell(quote);
        await desk.Take(quote, ct);
    }

    private async ValueTask Follow(Quote quote, CancellationToken ct)
    {
        quotes.Overhear(quote);
        await desk.Take(quote, ct);
    }
}

/// <summary>The quotes of the process that reads the feed, to those that do not.</summary>
internal sealed class FeedFollower(DeskLinks links, QuoteFan fan, Owners.ShardOwners owners, QuotePipeline quotes)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);
    private bool _hasRecalled;

    public void Tell(Quote quote) => fan.Tell(quote);

    public async Task<bool> IsElsewhere(CancellationToken ct) => await owners.AddressOf(0, ct) is not null;

    /// <summary>Ends when this process is to read the feed itself. A reader that dies is looked for again.</summary>
    public async Task Run(Func<Quote, CancellationToken, ValueTask> deliver, Func<bool> isReader, CancellationToken ct)
    {
        while (!isReader())
        {
            try
            {
                if (await owners.AddressOf(0, ct) is { } address)
                {
                    if (!_hasRecalled) await quotes.Recall(ct);
                    _hasRecalled = true;
                    await foreach (var quote in links.Quotes(address, ct)) await deliver(quote, ct);
                }
            }
            catch (LinkLostException)
            {
                owners.Forget();
            }

            await Task.Delay(BetweenTries, ct);
        }
    }
}
