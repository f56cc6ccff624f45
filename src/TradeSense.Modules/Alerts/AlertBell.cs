using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Alerts;

/// <summary>Rings for the pages of a trader whose alert was fired, in whichever process. It says that there is something to read, never what.</summary>
public sealed class AlertBell([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, ILogger<AlertBell> log) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, long> _rung = new();
    private long _all;

    /// <summary>Grows when there may be something new for this person.</summary>
    public long CountOf(Guid userId) => Volatile.Read(ref _all) + _rung.GetValueOrDefault(userId);

    /// <summary>After each connect everybody looks once: what was rung meanwhile was not heard.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new Listener(source, "price_alerts_fired", () => Interlocked.Increment(ref _all), log, Ring).Run(stoppingToken);

    private void Ring(string user)
    {
        if (Guid.TryParse(user, out var id)) _rung.AddOrUpdate(id, 1, (_, rung) => rung + 1);
    }
}
