using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Tenancy;

/// <summary>Keeps the directory true while running: reads the table again whenever any node changes it.</summary>
internal sealed class TenantWatch(TenantStore store, [FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, ILogger<TenantWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = new SemaphoreSlim(0);
        var listening = new Listener(source, "tenants", () => changed.Release(), log).Run(stoppingToken);
        try
        {
            while (true)
            {
                await changed.WaitAsync(stoppingToken);
                await log.Outlast(store.Load, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            await listening;
        }
    }
}
