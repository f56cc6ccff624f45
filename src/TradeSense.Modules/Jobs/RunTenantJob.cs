using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Jobs;

/// <summary>What Quartz fires: finds the tenant and the job by name, runs it, and sets the next day start where that is the schedule.</summary>
[DisallowConcurrentExecution]
internal sealed class RunTenantJob(
    TenantJobs jobs, TenantDirectory tenants, [FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, TimeProvider clock, ILogger<RunTenantJob> log) : IJob
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var key = context.JobDetail.Key;
        var job = jobs.All.SingleOrDefault(job => job.Name == key.Name);
        if (job is null || tenants.Find(Guid.Parse(key.Group)) is not { Status: TenantStatus.Active } tenant) return;

        var failed = true;
        try
        {
            await jobs.Run(job, tenant, cancellationToken);
            failed = false;
        }
        finally
        {
            // Without a next time it would not run again before the next start of a process: an outage of the database is waited for, and a stop tries once.
            if (job.Schedule is JobSchedule.DayStarts) await log.Outlast(_ => SetNext(context.Scheduler, key, tenant, failed, CancellationToken.None), cancellationToken);
        }
    }

    private async Task SetNext(IScheduler scheduler, JobKey key, Tenant tenant, bool failed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var next = failed ? now + AfterFailure : DayStartTimes.Next(await DayStartTimes.Of(source, tenant, ct), now);
        await scheduler.ScheduleTrigger(At(key, next), TriggerConflict.Replace, ct);
    }

    internal static ITrigger At(JobKey key, DateTimeOffset at) =>
        TriggerBuilder.Create().WithIdentity(key.Name + ".next", key.Group).ForJob(key).StartAt(at).Build();
}
