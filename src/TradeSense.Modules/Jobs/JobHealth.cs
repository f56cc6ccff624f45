using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Jobs;

/// <summary>For the platform's health page: the newest run of every job at every tenant, and how many failed since a day ago.</summary>
public sealed class JobHealth([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, TimeProvider clock)
{
    public sealed record Row(Guid TenantId, string Job, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Error, int Runs, int Failures);

    public async Task<IReadOnlyList<Row>> Run(CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select distinct on (tenant, job) tenant, job, started_at, ended_at, error, count(*) over of_job, count(error) over of_job
            from job_runs where started_at > $1
            window of_job as (partition by tenant, job)
            order by tenant, job, started_at desc
            """);
        command.Parameters.Add(new() { Value = clock.GetUtcNow().AddDays(-1) });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<Row>();
        while (await reader.ReadAsync(ct))
            rows.Add(new Row(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), (int)reader.GetInt64(5), (int)reader.GetInt64(6)));
        return rows;
    }
}
