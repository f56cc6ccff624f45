using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Kyc;

/// <summary>Where one person's identity check stands: for the person's own page, and for whoever must know the tier.</summary>
public sealed class KycStanding(TradeSenseDb db)
{
    public sealed record Picture(KycStatus Status, int Tier, DocumentKind? DocumentKind, DateTimeOffset? SubmittedAt, DateTimeOffset? DecidedAt, string? Reason)
    {
        public KycTier Level => KycTiers.Of(Tier);
    }

    private static readonly Picture Nothing = new(KycStatus.None, 0, null, null, null, null);

    public async Task<Picture> Of(Guid userId, CancellationToken ct) =>
        await db.Set<KycCase>().AsNoTracking().Where(kyc => kyc.UserId == userId)
            .Select(kyc => new Picture(kyc.Status, kyc.Tier, kyc.DocumentKind, kyc.SubmittedAt, kyc.DecidedAt, kyc.Reason)).SingleOrDefaultAsync(ct) ?? Nothing;
}
