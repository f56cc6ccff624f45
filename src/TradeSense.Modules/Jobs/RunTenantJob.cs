using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Jobs;

/// <summary>What Quartz fires: finds the tenant and the job by name, runs it, and sets the next day start where that is the schedule.</summary>
[DisallowConcurrentExecution]
internal sealed class RunTenantJob(
    TenantJobs jobs, TenantDirectory tenants, [FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, TimeProvider clock) : IJob
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
            if (job.Schedule is JobSchedule.DayStarts)
            {
                var now = clock.GetUtcNow();
                var next = failed ? now + AfterFailure : DayStartTimes.Next(await DayStartTimes.Of(source, tenant, CancellationToken.None), now);
                await context.Scheduler.ScheduleTrigger(At(key, next), TriggerConflict.Replace, CancellationToken.None);
            }
        }
    }

    internal static ITrigger At(JobKey key, DateTimeOffset at) =>
        TriggerBuilder.Create().WithIdentity(key.Name + ".next", key.Group).ForJob(key).StartAt(at).Build();
}
