using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payouts;

/// <summary>
/// Requested: reserved, the profit is being taken from the account. Refused: the engine would not let it go. AwaitingDecision: the firm's 24 hours run.
/// </summary>
public enum PayoutStatus { Requested, AwaitingDecision, Approved, Paid, Rejected, Refused }

/// <summary>A trader's share of profit on its way from a trading account to a bank.</summary>
public sealed class Payout : ITenantOwned
{
    /// <summary>Within this time the firm decides.</summary>
    public static readonly TimeSpan Promise = TimeSpan.FromHours(24);

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Number { get; init; }
    public Guid IdempotencyKey { get; init; }
    public Guid UserId { get; init; }
    public Guid AccountId { get; init; }
    public Guid ChallengeId { get; init; }
    public Currency Currency { get; init; }

    /// <summary>What leaves the trading account.</summary>
    public decimal Profit { get; init; }

    public Percent Split { get; init; }

    /// <summary>What the trader receives: the split of the profit, rounded down to the cent.</summary>
    public decimal Amount { get; init; }

    public PayoutStatus Status { get; private set; }
    public required string Holder { get; init; }

    /// <summary>IBAN or account number, sealed; see <see cref="Vault"/>.</summary>
    public required byte[] Destination { get; init; }

    /// <summary>Its last four characters.</summary>
    public required string DestinationEnd { get; init; }

    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? WarnedAt { get; set; }
    public DateTimeOffset? OverdueToldAt { get; set; }

    /// <summary>Who approved it first, where the firm's limit asks for two.</summary>
    public Guid? FirstApprovedBy { get; private set; }

    public DateTimeOffset? FirstApprovedAt { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }

    /// <summary>The firm's words when it rejected, the engine's code when it refused.</summary>
    public string? Reason { get; private set; }

    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>The bank's or provider's reference.</summary>
    public string? Reference { get; private set; }

    public Money Gross => new(Profit, Currency);
    public Money Share => new(Amount, Currency);
    public string Subject => SubjectOf(Id);

    internal static string VaultSubjectOf(Guid userId) => $"user:{userId}";
    internal static string VaultContextOf(Guid id) => $"payouts|destination|{id}";
    internal string ReserveKey => $"payout-reserve:{Id}";

    public static string SubjectOf(Guid id) => $"payout:{id}";

    public void Await() => Status = PayoutStatus.AwaitingDecision;

    public void Refuse(string code) => (Status, Reason) = (PayoutStatus.Refused, code);

    /// <summary>The first of two approvals is noted; the only or second one decides. Once somebody approved first, a second person it is, wherever the limit has moved.</summary>
    public Result Approve(Guid by, bool takesTwo, DateTimeOffset at)
    {
        if (Status is not PayoutStatus.AwaitingDecision) return PayoutRefusal.NotUndecided;
        if (FirstApprovedBy == by) return PayoutRefusal.SecondPerson;
        if (takesTwo && FirstApprovedBy is null)
        {
            (FirstApprovedBy, FirstApprovedAt) = (by, at);
            return Result.Ok;
        }

        (Status, DecidedBy, DecidedAt) = (PayoutStatus.Approved, by, at);
        return Result.Ok;
    }

    public Result Reject(Guid by, string reason, DateTimeOffset at)
    {
        if (Status is not PayoutStatus.AwaitingDecision) return PayoutRefusal.NotUndecided;

        (Status, DecidedBy, DecidedAt, Reason) = (PayoutStatus.Rejected, by, at, reason);
        return Result.Ok;
    }

    public void Pay(string reference, DateTimeOffset at) => (Status, Reference, PaidAt) = (PayoutStatus.Paid, reference, at);

    internal sealed class Mapping : IEntityTypeConfiguration<Payout>
    {
        public void Configure(EntityTypeBuilder<Payout> payout)
        {
            payout.ToTable("payouts").HasKey(row => new { row.TenantId, row.Id });
            payout.Ignore(row => row.Gross).Ignore(row => row.Share).Ignore(row => row.Subject).Ignore(row => row.ReserveKey);
        }
    }
}
