using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges;

/// <summary>Failed and Expired are ends; the others lead on, in this order.</summary>
public enum ChallengeStatus { Evaluation, PendingKyc, PendingContract, Funded, Failed, Expired }

/// <summary>One purchase, from the first account to the funded one. Each phase has a trading account of its own: a <see cref="ChallengePhase"/>.</summary>
public sealed class Challenge : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public Guid ModelVersionId { get; init; }

    /// <summary>The order that paid for it; one order starts one challenge.</summary>
    public Guid OrderId { get; init; }

    public decimal Size { get; init; }
    public ChallengeStatus Status { get; private set; }

    /// <summary>The phase under way; the number of phases once funded.</summary>
    public int PhaseIndex { get; private set; }

    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>What ended an expired challenge: time_limit, inactivity, or the firm's word.</summary>
    public string? EndReason { get; private set; }

    public bool HasEnded => EndedAt is not null;

    public void MoveTo(int phaseIndex) => PhaseIndex = phaseIndex;

    public void AwaitKyc() => Status = ChallengeStatus.PendingKyc;

    public void AwaitContract() => Status = ChallengeStatus.PendingContract;

    public void Fund(int fundedIndex) => (Status, PhaseIndex) = (ChallengeStatus.Funded, fundedIndex);

    public void Fail(DateTimeOffset at) => (Status, EndedAt) = (ChallengeStatus.Failed, at);

    /// <summary>The verdict that failed it was undone.</summary>
    public void Reinstate(bool isFunded) => (Status, EndedAt) = (isFunded ? ChallengeStatus.Funded : ChallengeStatus.Evaluation, null);

    public void Expire(DateTimeOffset at, string reason) => (Status, EndedAt, EndReason) = (ChallengeStatus.Expired, at, reason);

    internal sealed class Mapping : IEntityTypeConfiguration<Challenge>
    {
        public void Configure(EntityTypeBuilder<Challenge> challenge)
        {
            challenge.ToTable("challenges").HasKey(row => new { row.TenantId, row.Id });
            challenge.Ignore(row => row.HasEnded);
            challenge.Property<uint>("xmin").IsRowVersion();
        }
    }
}

public enum PhaseOutcome { Running, Passed, Failed, Expired }

/// <summary>One phase of a challenge and the trading account it is traded on: both have the same id.</summary>
public sealed class ChallengePhase : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid ChallengeId { get; init; }
    public int PhaseIndex { get; init; }
    public required string Name { get; init; }
    public PhaseOutcome Outcome { get; private set; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(PhaseOutcome outcome, DateTimeOffset at) => (Outcome, EndedAt) = (outcome, at);

    public void GoOn() => (Outcome, EndedAt) = (PhaseOutcome.Running, null);

    internal sealed class Mapping : IEntityTypeConfiguration<ChallengePhase>
    {
        public void Configure(EntityTypeBuilder<ChallengePhase> phase) => phase.ToTable("challenge_phases").HasKey(row => new { row.TenantId, row.Id });
    }
}
