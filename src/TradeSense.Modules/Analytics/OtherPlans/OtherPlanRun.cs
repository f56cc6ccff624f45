using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Analytics.OtherPlans;

public enum OtherPlanStatus { Queued, Running, Done, NoQuotes }

/// <summary>One account's trades under one model version, worked out once for each state of the account.</summary>
public sealed class OtherPlanRun : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public Guid ModelVersionId { get; init; }

    /// <summary>The head of the account's journal, in hex.</summary>
    public required string State { get; init; }

    public long JournalLength { get; init; }

    /// <summary>Quotes up to here count: the account's end, or when it was asked.</summary>
    public DateTimeOffset Until { get; init; }

    public OtherPlanStatus Status { get; private set; }
    public int Progress { get; private set; }
    public string? Outcome { get; private set; }
    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    public bool IsWaiting => Status is OtherPlanStatus.Queued or OtherPlanStatus.Running;

    public PlanOutcome? ReadOutcome() => Outcome is null ? null : JsonSerializer.Deserialize<PlanOutcome>(Outcome, Json.Options);

    public void Start(DateTimeOffset at) => (Status, StartedAt) = (OtherPlanStatus.Running, at);

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
