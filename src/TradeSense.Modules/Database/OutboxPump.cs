using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Database;

/// <summary>Handles due outbox messages: woken by PostgreSQL when one is added, and every two seconds for those whose time has come.</summary>
public sealed class OutboxPump(
    TenantDirectory tenants, TenantScope scope, TimeProvider clock, [FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, ILogger<OutboxPump> log)
    : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loop = new WokenLoop(Sweep, Sweep, log);
        var listening = new Listener(source, "outbox", loop.Wake, log).Run(stoppingToken);
        await loop.Run(async ct =>
        {
            foreach (var tenant in tenants.All) await Drain(tenant, ct);
        }, "The outbox could not reach the database; it goes on when the database is back", stoppingToken);
        await listening;
    }

    /// <summary>Handles all due messages of one tenant, oldest first, each in a transaction of its own; returns how many it handled.</summary>
    public async Task<int> Drain(Tenant tenant, CancellationToken ct)
    {
        var handled = 0;
        while (await HandleOne(tenant, ct)) handled++;
        return handled;
    }

    private async Task<bool> HandleOne(Tenant tenant, CancellationToken ct)
    {
        var (message, trace) = ((OutboxMessage?)null, (string?)null);
        try
        {
            return await scope.Run(tenant, async services =>
            {
                message = await Next(services.GetRequiredService<TradeSenseDb>(), ct);
                if (message is null) return false;

                using var traced = TracedWork.Begin(log, tenant, $"outbox {message.Kind}", message.TraceId);
                trace = traced.TraceId;
                foreach (var handler in services.GetServices<IOutboxHandler>().Where(handler => handler.Kind == message.Kind))
                    await handler.Handle(message, ct);

                message.DoneAt = clock.GetUtcNow();
                return true;
            }, ct);
        }
        catch (Exception error) when (message is not null && !ct.IsCancellationRequested)
        {
            using var traced = TracedWork.Begin(log, tenant, $"outbox {message.Kind}", trace);
            log.LogError(error, "Outbox message {Kind} {Key} of {Tenant} failed and will be tried again", message.Kind, message.Key, tenant.Slug);
            var failed = message;
            await scope.Run(tenant, async services =>
            {
                var row = await services.GetRequiredService<TradeSenseDb>().Set<OutboxMessage>().SingleAsync(row => row.Id == failed.Id, ct);
                row.Failed(error.Message, clock.GetUtcNow());
            }, ct);
            return true;
        }
    }

    /// <summary>The oldest due message nobody else is handling, locked until the transaction ends.</summary>
    private async Task<OutboxMessage?> Next(TradeSenseDb db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Set<OutboxMessage>()
            .FromSql($"select * from outbox_messages where done_at is null and due_at <= {now} order by due_at, id limit 1 for update skip locked")
            .AsTracking().FirstOrDefaultAsync(ct);
    }
}
