using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Runs the shards and the feed for as long as the process lives, and tells the shards the time: in a quiet market days start too.</summary>
internal sealed class TradingHost(ShardSet shards, TradingDesk desk, QuotePipeline quotes, TradingOptions options, TimeProvider clock, ILogger<TradingHost> log) : BackgroundService
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private bool _isPrimed;

    /// <summary>A shard that ends by anything but a stop has met a bug: the process ends with it, rather than go on without trading.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = shards.Shards.Select(shard => Task.Run(() => shard.Run(stoppingToken), CancellationToken.None)).Append(Tick(stoppingToken)).ToList();
        if (options.RunFeed) running.Add(Task.Run(() => Feed(stoppingToken), CancellationToken.None));
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny(running);
            await ended;
            running.Remove(ended);
        }
    }

    /// <summary>Begins when this process holds its first shard, so that of two processes one reads the feed; begins again when the database was away.</summary>
    private async Task Feed(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    if (desk.Health[0].IsServing) await quotes.Run(Take, stop);
                }
                catch (NpgsqlException error)
                {
                    log.LogError(error, "The quote archive could not be written; the feed begins again");
                }

                await Task.Delay(BetweenTries, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async ValueTask Take(Quote quote, CancellationToken ct)
    {
        if (!_isPrimed)
        {
            await desk.TakeMissing(quotes.Known, ct);
            _isPrimed = true;
        }

        await desk.Take(quote, ct);
    }

    private async Task Tick(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) desk.Beat(clock.GetUtcNow());
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}

/// <summary>The shards of this process, or the single one of an engine that runs apart.</summary>
internal sealed record ShardSet(IReadOnlyList<Shard> Shards);
