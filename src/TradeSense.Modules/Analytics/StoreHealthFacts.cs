using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Analytics;

/// <summary>What the health page says of what is kept: the database, and each tenant's audit trail, whether the newest check of its whole chain found anything.</summary>
public sealed class StoreHealthFacts(TenantDirectory directory, TenantScope scope, [FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, TimeProvider clock)
{
    private static readonly TimeSpan CheckLate = TimeSpan.FromHours(2), CheckFailing = TimeSpan.FromHours(26);
    private static readonly TimeSpan TripLate = TimeSpan.FromMilliseconds(50), TripFailing = TimeSpan.FromSeconds(1);

    internal async Task<IReadOnlyList<HealthFact>> Read(DateTimeOffset now, CancellationToken ct)
    {
        var facts = new List<HealthFact>(await Database(ct));
        foreach (var tenant in directory.All.Where(tenant => tenant.Status is TenantStatus.Active))
        {
            var check = await scope.Run(tenant, services => services.GetRequiredService<TradeSenseDb>().Set<AuditCheck>().AsNoTracking().SingleOrDefaultAsync(ct), ct);
            facts.Add(Of(tenant, check, now));
        }

        return facts;
    }

    private static HealthFact Of(Tenant tenant, AuditCheck? check, DateTimeOffset now) => new(
        "Audit", tenant.Name,
        check is null ? HealthLevel.Late : check.Trouble is not null ? HealthLevel.Failing : PlatformHealth.Judge(now - check.CheckedAt, CheckLate, CheckFailing),
        check is null ? "not checked yet" : check.Trouble is not null ? "the trail does not hold" : $"holds, checked {PlatformHealth.Text(now - check.CheckedAt)} ago",
        "the whole chain recomputed every hour, failing after 26 h",
        check?.Trouble ?? (check is null ? "The first check comes when a process runs jobs." : string.Create(CultureInfo.InvariantCulture, $"{check.Entries} entries")));

    private async Task<IReadOnlyList<HealthFact>> Database(CancellationToken ct)
    {
        var start = clock.GetTimestamp();
        await using (var ping = source.CreateCommand("select 1")) await ping.ExecuteScalarAsync(ct);
        var trip = clock.GetElapsedTime(start);

        await using var command = source.CreateCommand("""
            select (select count(*) from pg_stat_activity where datname = current_database()), current_setting('max_connections')::int,
                   pg_size_pretty(pg_database_size(current_database())), current_setting('server_version')
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (used, most) = (reader.GetInt64(0), reader.GetInt32(1));
        return
        [
            new("Database", "Round trip", PlatformHealth.Judge(trip, TripLate, TripFailing), PlatformHealth.Text(trip), "at most 50 ms, failing after 1 s", $"PostgreSQL {reader.GetString(3)}, {reader.GetString(2)}"),
            new("Database", "Connections", used * 100 >= most * 95L ? HealthLevel.Failing : used * 100 >= most * 80L ? HealthLevel.Late : HealthLevel.Healthy, $"{used} of {most}", "under 80 %, failing from 95 %"),
        ];
    }
}
