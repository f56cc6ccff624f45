using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Jobs;

/// <summary>Runs a job for a tenant, now, and notes when it ran and how it ended. The scheduler calls it; so do tests and commands.</summary>
public sealed class TenantJobs(
    IServiceProvider services, TenantScope scope, [FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, TimeProvider clock, ILogger<TenantJobs> log)
{
    internal IReadOnlyList<TenantJob> All => [.. services.GetServices<TenantJob>()];

    public Task Run<T>(Tenant tenant, CancellationToken ct) where T : ITenantJob => Run(All.Single(job => job.Type == typeof(T)), tenant, ct);

    /// <summary>A failure is noted, logged and thrown on: the scheduler decides when to try again.</summary>
    internal async Task Run(TenantJob job, Tenant tenant, CancellationToken ct)
    {
        using var traced = TracedWork.Begin(log, tenant, job.Name);
        var (id, startedAt) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        await Note("insert into job_runs (id, tenant, job, started_at) values ($1, $2, $3, $4)", [id, tenant.Id, job.Name, startedAt], ct);
        try
        {
            await scope.Run(tenant, provider => ((ITenantJob)provider.GetRequiredService(job.Type)).Run(ct), ct);
        }
        catch (Exception error)
        {
            log.LogError(error, "{Job} of {Tenant} failed", job.Name, tenant.Slug);
            await Note("update job_runs set ended_at = $2, error = $3 where id = $1", [id, clock.GetUtcNow(), error.Message], CancellationToken.None);
            throw;
        }

        await Note("update job_runs set ended_at = $2 where id = $1", [id, clock.GetUtcNow()], CancellationToken.None);
    }

    private async Task Note(string sql, object[] values, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
