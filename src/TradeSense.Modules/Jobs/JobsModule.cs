using Microsoft.Extensions.DependencyInjection;
using Quartz;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Jobs;

/// <summary>Configuration section <c>Jobs</c>.</summary>
public sealed record JobsOptions
{
    public const string Section = "Jobs";

    /// <summary>Whether this process takes part in running jobs.</summary>
    public bool Enabled { get; init; } = true;
}

public static class JobsModule
{
    /// <summary>Quartz on its PostgreSQL store, shared by all nodes.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, JobsOptions options, DatabaseOptions database)
    {
        services.AddSingleton(options).AddSingleton<TenantJobs>().AddSingleton<JobHealth>();
        if (!options.Enabled) return services;

        services.AddTransient<RunTenantJob>();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "TradeSense";
                scheduler.GenerateInstanceId = true;
            });
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(database.App);
                store.UseSystemTextJsonSerializer();
                store.UseClustering();
                store.ConfigureStore(ado => ado.TablePrefix = QuartzSchema.Prefix);
            });
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddHostedService<ScheduleTenants>();
        return services;
    }

    /// <summary>Every brand, also one added while running, gets this job on its schedule.</summary>
    /// <param name="platformToo">The platform's own tenant gets it as well.</param>
    public static IServiceCollection AddTenantJob<T>(this IServiceCollection services, JobSchedule schedule, bool platformToo = false) where T : class, ITenantJob =>
        services.AddScoped<T>().AddSingleton(new TenantJob(typeof(T), schedule, platformToo));
}
