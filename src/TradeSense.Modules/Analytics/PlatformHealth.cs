using System.Globalization;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Analytics;

public enum HealthLevel { Failing, Late, Healthy }

/// <summary>One thing that must hold, as measured now, beside the threshold it is judged by.</summary>
public sealed record HealthFact(string Area, string Name, HealthLevel Level, string Measured, string Threshold, string? Detail = null);

/// <summary>Feed, shards, outbox, jobs, audit trails and database of the installation, the worst first.</summary>
public sealed class PlatformHealth(
    TenantTable tenants, ShardStanding shards, FeedHealthFacts feed, JobHealth jobs, StoreHealthFacts store, TimeProvider clock)
{
    private static readonly TimeSpan ShardLate = TimeSpan.FromSeconds(2), ShardFailing = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan JobStuck = TimeSpan.FromMinutes(10);

    public sealed record Picture(IReadOnlyList<HealthFact> Facts, DateTimeOffset AsOf)
    {
        public HealthLevel Worst => Facts.Min(fact => fact.Level);
    }

    public async Task<Picture> Read(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var facts = new List<HealthFact>(await feed.Read(now, ct));
        facts.AddRange((await shards.Read(ct)).Select(shard => Shard(shard, now)));
        var brands = await tenants.Read(ct);
        facts.AddRange(brands.Select(Outbox));
        facts.AddRange(Jobs(await jobs.Run(ct), brands, now));
        facts.AddRange(await store.Read(now, ct));
        return new Picture([.. facts.OrderBy(fact => fact.Level).ThenBy(fact => fact.Area, StringComparer.Ordinal).ThenBy(fact => fact.Name, StringComparer.Ordinal)], now);
    }

    private static HealthFact Shard(ShardStanding.Row shard, DateTimeOffset now)
    {
        var lag = now - (shard.Here?.EngineNow ?? shard.Lease.EngineNow ?? default);
        var load = shard.Here is { } here
            ? string.Create(CultureInfo.InvariantCulture, $"{here.Accounts} accounts, {here.Waiting} inputs waiting, last commit {here.LastCommit.TotalMilliseconds:0.0} ms, ")
            : "";
        return new HealthFact(
            "Engine", $"Shard {shard.Lease.Shard}", shard.Lease.IsHeld ? Judge(lag, ShardLate, ShardFailing) : HealthLevel.Failing,
            shard.Lease.IsHeld ? $"{Text(lag)} behind" : "served by nobody", "at most 2 s behind, failing after 15 s",
            string.Create(CultureInfo.InvariantCulture, $"{load}{shard.Lease.Commits} commits, epoch {shard.Lease.Epoch}, {(shard.Here is null ? "elsewhere: " : "here: ")}{shard.Owner}"));
    }

    private static HealthFact Outbox(TenantTable.Row row) => new(
        "Outbox", row.Tenant.Name, Judge(row.Overdue, TenantTable.LateAfter, TenantTable.FailingAfter),
        row.OutboxDue == 0 ? "nothing due" : $"{row.OutboxDue.ToString(CultureInfo.InvariantCulture)} due, oldest {Text(row.Overdue)}", "oldest at most 1 min, failing after 10 min");

    /// <summary>Each job's newest run at each brand, within a day: every job runs at least at the start of a trading day.</summary>
    private static IEnumerable<HealthFact> Jobs(IReadOnlyList<JobHealth.Row> runs, IReadOnlyList<TenantTable.Row> brands, DateTimeOffset now) =>
        from run in runs
        join brand in brands on run.TenantId equals brand.Tenant.Id
        let isStuck = run.EndedAt is null && now - run.StartedAt > JobStuck
        select new HealthFact(
            "Jobs", $"{run.Job} at {brand.Tenant.Name}", run.Error is not null ? HealthLevel.Failing : isStuck || run.Failures > 0 ? HealthLevel.Late : HealthLevel.Healthy,
            run.Error is not null ? $"failed {Text(now - run.StartedAt)} ago" : run.EndedAt is { } ended ? $"succeeded {Text(now - ended)} ago" : $"running for {Text(now - run.StartedAt)}",
            "newest run succeeded, none failed within a day", run.Error ?? string.Create(CultureInfo.InvariantCulture, $"{run.Runs} runs, {run.Failures} failed since yesterday"));

    internal static HealthLevel Judge(TimeSpan value, TimeSpan late, TimeSpan failing) => value >= failing ? HealthLevel.Failing : value >= late ? HealthLevel.Late : HealthLevel.Healthy;

    internal static string Text(TimeSpan span) => span switch
    {
        { TotalDays: >= 1000 } => "never",
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.0} h"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.0} min"),
        { TotalSeconds: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, span.TotalMilliseconds):0} ms"),
    };
}
