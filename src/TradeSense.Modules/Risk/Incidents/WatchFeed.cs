using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>Looks at the feed every second, in the process that reads it.</summary>
internal sealed class WatchFeed(GuardIncidents incidents, TimeProvider clock, ILogger<WatchFeed> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Look(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task Look(CancellationToken ct)
    {
        try
        {
            await incidents.Look(ct);
        }
        catch (NpgsqlException error)
        {
            log.LogError(error, "Incidents could not be written down; looking again");
        }
    }
}
