using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Analytics.OtherPlans;

/// <summary>NoQuotes: the archive no longer has the time it is about. Failed: it broke off each time it was tried.</summary>
public enum OtherPlanStatus { Queued, Running, Done, NoQuotes, Failed }

/// <summary>One account's trades under one model version, worked out for a state of the account; again where that still holds and quotes have moved on.</summary>
public sealed class OtherPlanRun : ITenantOwned
{
    /// <summary>What breaks off so often breaks off for a reason that trying does not mend.</summary>
    public const int MostAttempts = 3;

    /// <summary>An answer is worth working out anew when it is this old.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public Guid ModelVersionId { get; init; }

    /// <summary>The head of the account's journal, in hex.</summary>
    public required string State { get; init; }

    public long JournalLength { get; init; }

    /// <summary>Quotes up to here count: the account's end, or when it was asked.</summary>
    public DateTimeOffset Until { get; set; }

    public OtherPlanStatus Status { get; private set; }
    public int Progress { get; private set; }
    public string? Outcome { get; private set; }
    public DateTimeOffset RequestedAt { get; set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>How often it was begun since it was asked for.</summary>
    public int Attempts { get; private set; }

    public bool IsWaiting => Status is OtherPlanStatus.Queued or OtherPlanStatus.Running;

    public PlanOutcome? ReadOutcome() => Outcome is null ? null : JsonSerializer.Deserialize<PlanOutcome>(Outcome, Json.Options);

    /// <summary>Whether it can be asked again: it broke off, or the account lives and the quotes have moved on.</summary>
    /// <param name="endedAt">When the account ended; null while it lives.</param>
    public bool IsWorthAgain(DateTimeOffset? endedAt, DateTimeOffset now) => Status is OtherPlanStatus.Failed || (!IsWaiting && endedAt is null && now - Until >= Fresh);

    public void AskAgain(DateTimeOffset until, DateTimeOffset at) =>
        (Status, Until, RequestedAt, Progress, Outcome, StartedAt, FinishedAt, Attempts) = (OtherPlanStatus.Queued, until, at, 0, null, null, null, 0);

    /// <summary>False when it was begun as often as it may be; it has failed then.</summary>
    public bool Start(DateTimeOffset at)
    {
        if (Attempts >= MostAttempts)
        {
            (Status, FinishedAt) = (OtherPlanStatus.Failed, at);
            return false;
        }

        (Status, StartedAt, Attempts) = (OtherPlanStatus.Running, at, Attempts + 1);
        return true;
    }

    /// <summary>It broke off; the next look begins it again, as long as it may be.</summary>
    public void BreakOff() => (Status, Progress) = (OtherPlanStatus.Queued, 0);

    public void Reach(int percent) => Progress = Math.Clamp(percent, 0, 99);

    /// <summary>A null outcome: the archive no longer has the quotes it would rest on.</summary>
    public void Finish(PlanOutcome? outcome, DateTimeOffset at)
    {
        (Status, FinishedAt, Progress) = (outcome is null ? OtherPlanStatus.NoQuotes : OtherPlanStatus.Done, at, 100);
        Outcome = outcome is null ? null : JsonSerializer.Serialize(outcome, Json.Options);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<OtherPlanRun>
    {
        public void Configure(EntityTypeBuilder<OtherPlanRun> run)
        {
            run.ToTable("other_plan_runs").HasKey(row => new { row.TenantId, row.Id });
            run.Ignore(row => row.IsWaiting);
            run.Property(row => row.Outcome).HasColumnType("jsonb");
        }
    }
}
