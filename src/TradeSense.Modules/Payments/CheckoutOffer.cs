using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payments;

/// <summary>What the checkout page offers: one size of a model's newest version, if it is on offer.</summary>
public sealed class CheckoutOffer(TradeSenseDb db)
{
    public sealed record View(
        Guid ModelVersionId, int VersionNumber, string Hash, string Title, string Summary, Money Size, Money Price, IReadOnlyList<string> Steps, Percent Split, int FirstPayoutDays);

    /// <param name="versionId">The version a price list showed; else the model's slug names its newest.</param>
    public async Task<View?> Read(Guid? versionId, string? slug, decimal size, CancellationToken ct)
    {
        var version = await (
            from candidate in db.Set<ModelVersion>().AsNoTracking()
            join model in db.Set<ChallengeModel>() on candidate.ModelId equals model.Id
            where model.Status == ModelStatus.Offered && (candidate.Id == versionId || (versionId == null && model.Slug == slug))
            orderby candidate.Number descending
            select candidate).FirstOrDefaultAsync(ct);
        if (version?.Definition.PriceOf(size) is not { } price) return null;

        var terms = version.Definition;
        return new View(
            version.Id, version.Number, version.Hash, terms.Name, terms.Summary, Money.Rounded(size, terms.Currency, MidpointRounding.ToZero), price,
            [.. terms.Phases.Select(phase => phase.Name), terms.Funded.Name], terms.Payout.Split, terms.Payout.FirstAfterDays);
    }
}
