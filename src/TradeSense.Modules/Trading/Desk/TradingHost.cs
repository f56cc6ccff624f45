using Microsoft.Extensions.Hosting;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Runs the shards for as long as the process lives, and tells them the time: in a quiet market days start too.</summary>
internal sealed class TradingHost(ShardSet shards, TradingDesk desk, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(shards.Shards.Select(shard => Task.Run(() => shard.Run(stoppingToken), CancellationToken.None)).Append(Tick(stoppingToken)));

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
