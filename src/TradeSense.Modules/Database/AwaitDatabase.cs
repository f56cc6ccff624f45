using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TradeSense.Modules.Database;

/// <summary>Nothing else of the process starts before the database answers: the scheduler, for one, gives up after three seconds and would end it.</summary>
internal sealed class AwaitDatabase([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, ILogger<AwaitDatabase> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => log.Outlast(Ask, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Ask(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select 1");
        await command.ExecuteScalarAsync(ct);
    }
}
