using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Desk.Links;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Runs the shards for as long as the process lives, takes what other processes ask of them, and tells them the time: in a quiet market days start too.</summary>
internal sealed class TradingHost(ShardFleet fleet, TradingDesk desk, DeskServer server, TradingOptions options, TimeProvider clock, ILogger<TradingHost> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    /// <summary>Before the first request it is known where each account's shard is.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.RunEngine) server.Listen();
        await log.Outlast(fleet.Assemble, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>A shard that ends by anything but a stop has met a bug: the process ends with it, rather than go on without trading.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.RunEngine) return;

        var running = new List<Task> { Task.Run(() => fleet.Run(stoppingToken), CancellationToken.None), Task.Run(() => server.Run(stoppingToken), CancellationToken.None), Tick(stoppingToken) };
        while (running.Count > 0)
        {
            var ended = await Task.WhenAny(running);
            await ended;
            running.Remove(ended);
        }
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
