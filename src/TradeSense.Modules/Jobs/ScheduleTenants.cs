using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Jobs;

/// <summary>Keeps the scheduler's triggers in step with the tenants: all at the start, new ones within seconds, changed trading days too.</summary>
internal sealed class ScheduleTenants(TenantJobs jobs, TenantDirectory tenants, ISchedulerFactory schedulers, TimeProvider clock, ILogger<ScheduleTenants> log) : BackgroundService
{
    /// <summary>By the wall clock even where time is a test's own: tenants appear when they appear.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Guid, Engine.Rules.TradingDay> _scheduled = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception error) when (error is NpgsqlException or SchedulerException)
            {
                log.LogError(error, "Schedules could not be stored; trying again");
            }

            await Task.Delay(BetweenLooks, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(CancellationToken ct)
    {
        foreach (var tenant in tenants.All)
        {
            if (_scheduled.TryGetValue(tenant.Id, out var day) && day == tenant.TradingDay) continue;

            var scheduler = await schedulers.GetScheduler(ct);
            foreach (var job in jobs.All.Where(job => job.PlatformToo || tenant.Kind is TenantKind.Brand)) await Schedule(scheduler, job, tenant, ct);
            _scheduled[tenant.Id] = tenant.TradingDay;
        }
    }

    /// <summary>A day-start job runs at once, which catches up with what a stop missed, and then sets its own next time.</summary>
    private async Task Schedule(IScheduler scheduler, TenantJob job, Tenant tenant, CancellationToken ct)
    {
        var key = new JobKey(job.Name, tenant.Id.ToString());
        var detail = JobBuilder.Create<RunTenantJob>().WithIdentity(key).StoreDurably(true).Build();
        var trigger = job.Schedule is JobSchedule.Cron cron
            ? TriggerBuilder.Create().WithIdentity(key.Name, key.Group).ForJob(key).WithSchedule(CronScheduleBuilder.Create(cron.Expression).InTimeZone(TimeZoneInfo.Utc)).Build()
            : RunTenantJob.At(key, clock.GetUtcNow());
        await scheduler.ScheduleJob(detail, trigger, ScheduleJobOptions.Replacing, ct);
        if (job.Schedule is JobSchedule.Cron { AtOnce: true }) await scheduler.ScheduleTrigger(RunTenantJob.At(key, clock.GetUtcNow()), TriggerConflict.Replace, ct);
    }
}
