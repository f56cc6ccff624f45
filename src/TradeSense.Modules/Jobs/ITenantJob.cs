namespace TradeSense.Modules.Jobs;

/// <summary>Work the clock starts, for one tenant at a time, in that tenant's scope and transaction. Shallow and idempotent: it calls a use case.</summary>
public interface ITenantJob
{
    Task Run(CancellationToken ct);
}

/// <summary>When a tenant's job runs.</summary>
public abstract record JobSchedule
{
    private JobSchedule() { }

    /// <summary>By a Quartz cron expression (seconds first) in UTC: <c>0 * * * * ?</c> is each full minute.</summary>
    /// <param name="AtOnce">It also runs when a process begins to schedule it.</param>
    public sealed record Cron(string Expression, bool AtOnce = false) : JobSchedule;

    /// <summary>At the start of the tenant's trading day and of every other trading day its running accounts have; at once after a stop that missed one.</summary>
    public sealed record DayStarts : JobSchedule;
}

/// <summary>A registered job: its name is the class's.</summary>
internal sealed record TenantJob(Type Type, JobSchedule Schedule, bool PlatformToo)
{
    public string Name => Type.Name;
}
