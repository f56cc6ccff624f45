using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Kyc;

/// <summary>Where a person's identity check stands. <see cref="None"/> is a person without a case; it is never stored.</summary>
public enum KycStatus { None, Submitted, Approved, Rejected }

public enum DocumentKind { Passport, NationalId, DrivingLicence }

/// <summary>The identity check of one person: handed in, then approved with a tier or rejected with a reason, and then handed in again.</summary>
public sealed class KycCase : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public KycStatus Status { get; private set; } = KycStatus.Submitted;

    /// <summary>0 until approved; see <see cref="KycTiers"/>.</summary>
    public int Tier { get; private set; }

    /// <summary>Counts the times documents were handed in; documents carry the round they belong to.</summary>
    public int Round { get; private set; } = 1;

    public DocumentKind DocumentKind { get; private set; }
    public DateTimeOffset SubmittedAt { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public string? Reason { get; private set; }

    public static KycCase Submit(Guid userId, DocumentKind kind, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), UserId = userId, DocumentKind = kind, SubmittedAt = now };

    public Result SubmitAgain(DocumentKind kind, DateTimeOffset now)
    {
        if (Status is KycStatus.Submitted) return KycRefusal.InReview;
        if (Status is KycStatus.Approved) return KycRefusal.AlreadyApproved;

        (Status, Round, DocumentKind, SubmittedAt) = (KycStatus.Submitted, Round + 1, kind, now);
        (DecidedAt, DecidedBy, Reason) = (null, null, null);
        return Result.Ok;
    }

    public Result Approve(int tier, Guid by, DateTimeOffset now)
    {
        if (Status is not KycStatus.Submitted) return KycRefusal.AlreadyDecided;
        if (!KycTiers.Approvable.Contains(tier)) return KycRefusal.TierUnknown;

        (Status, Tier, DecidedAt, DecidedBy) = (KycStatus.Approved, tier, now, by);
        return Result.Ok;
    }

    public Result Reject(string reason, Guid by, DateTimeOffset now)
    {
        if (Status is not KycStatus.Submitted) return KycRefusal.AlreadyDecided;

        var words = reason.Trim();
        if (words.Length is < 10 or > 500) return KycRefusal.ReasonLength.With(10, 500);

        (Status, Reason, DecidedAt, DecidedBy) = (KycStatus.Rejected, words, now, by);
        return Result.Ok;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<KycCase>
    {
        public void Configure(EntityTypeBuilder<KycCase> row) => row.ToTable("kyc_cases").HasKey(kyc => new { kyc.TenantId, kyc.Id });
    }
}
