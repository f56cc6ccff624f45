using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>What the brand sells today: the newest version of every model on offer.</summary>
public sealed class OfferedModels(TradeSenseDb db)
{
    public sealed record Offer(Guid ModelId, string Slug, Guid VersionId, int Number, string Hash, ModelDefinition Definition);

    public async Task<IReadOnlyList<Offer>> Read(CancellationToken ct)
    {
        var rows = await (
            from model in db.Set<ChallengeModel>().AsNoTracking()
            where model.Status == ModelStatus.Offered
            from version in db.Set<ModelVersion>().AsNoTracking().Where(version => version.ModelId == model.Id).OrderByDescending(version => version.Number).Take(1)
            orderby model.Rank, model.Id
            select new { model.Slug, version }).ToListAsync(ct);
        return [.. rows.Select(row => new Offer(row.version.ModelId, row.Slug, row.version.Id, row.version.Number, row.version.Hash, row.version.Definition))];
    }

    /// <summary>The offer of this version; null when it was replaced or withdrawn since the visitor saw it.</summary>
    public async Task<Offer?> Find(Guid versionId, CancellationToken ct) => (await Read(ct)).SingleOrDefault(offer => offer.VersionId == versionId);
}
