using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>All models of the firm with how many challenges run under them.</summary>
public sealed class ModelList(TradeSenseDb db)
{
    public sealed record Row(Guid Id, string Name, ModelStatus Status, int Version, DateTimeOffset PublishedAt, ModelDefinition Definition, int Running, int Funded, int Sold);

    public async Task<IReadOnlyList<Row>> Read(CancellationToken ct)
    {
        var models = await db.Set<ChallengeModel>().AsNoTracking().OrderBy(model => model.Rank).ThenBy(model => model.Id).ToListAsync(ct);
        var versions = (await db.Set<ModelVersion>().AsNoTracking().ToListAsync(ct)).ToLookup(version => version.ModelId);
        var counts = await ChallengeCounts.Read(db, ct);
        return [.. models.Select(model =>
        {
            var newest = versions[model.Id].MaxBy(version => version.Number)!;
            var count = versions[model.Id].Aggregate(default(ChallengeCounts.Count), (sum, version) => sum + counts.GetValueOrDefault(version.Id));
            return new Row(model.Id, model.Name, model.Status, newest.Number, newest.PublishedAt, newest.Definition, count.Running, count.Funded, count.All);
        })];
    }
}

/// <summary>How many challenges stand under each version.</summary>
internal static class ChallengeCounts
{
    /// <param name="Running">Neither funded nor at an end.</param>
    internal readonly record struct Count(int Running, int Funded, int All)
    {
        public static Count operator +(Count left, Count right) => new(left.Running + right.Running, left.Funded + right.Funded, left.All + right.All);
    }

    public static async Task<Dictionary<Guid, Count>> Read(TradeSenseDb db, CancellationToken ct)
    {
        var rows = await db.Set<Challenge>().AsNoTracking().GroupBy(row => new { row.ModelVersionId, row.Status })
            .Select(group => new { group.Key.ModelVersionId, group.Key.Status, Count = group.Count() }).ToListAsync(ct);
        return rows.GroupBy(row => row.ModelVersionId).ToDictionary(group => group.Key, group => new Count(
            group.Where(row => row.Status is ChallengeStatus.Evaluation or ChallengeStatus.PendingKyc or ChallengeStatus.PendingContract).Sum(row => row.Count),
            group.Where(row => row.Status is ChallengeStatus.Funded).Sum(row => row.Count),
            group.Sum(row => row.Count)));
    }
}
