using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>One model with all its versions, newest first, and how many challenges keep each.</summary>
public sealed class ModelDetail(TradeSenseDb db)
{
    public sealed record Version(Guid Id, int Number, string Hash, DateTimeOffset PublishedAt, ModelDefinition Definition, int Running, int Funded, int Sold);

    public sealed record Picture(Guid Id, string Slug, string Name, ModelStatus Status, IReadOnlyList<Version> Versions)
    {
        public Version Newest => Versions[0];
    }

    public async Task<Picture?> Read(Guid modelId, CancellationToken ct)
    {
        var model = await db.Set<ChallengeModel>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == modelId, ct);
        if (model is null) return null;

        var versions = await db.Set<ModelVersion>().AsNoTracking().Where(row => row.ModelId == modelId).OrderByDescending(row => row.Number).ToListAsync(ct);
        var counts = await ChallengeCounts.Read(db, ct);
        return new Picture(model.Id, model.Slug, model.Name, model.Status, [.. versions.Select(version =>
        {
            var count = counts.GetValueOrDefault(version.Id);
            return new Version(version.Id, version.Number, version.Hash, version.PublishedAt, version.Definition, count.Running, count.Funded, count.All);
        })]);
    }
}
