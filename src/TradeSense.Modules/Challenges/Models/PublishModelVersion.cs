using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>Puts new terms on offer, as a new model or as the next version of one. Accounts bought before keep theirs.</summary>
public sealed class PublishModelVersion(TradeSenseDb db, AuditTrail audit, TimeProvider clock)
{
    /// <param name="ModelId">Null creates a model.</param>
    /// <param name="Slug">The new model's name in files; made from its name when null.</param>
    public sealed record Request(Guid? ModelId, ModelDefinition Definition, string? Slug = null);

    public async Task<Result<ModelVersion>> Run(Request request, CancellationToken ct)
    {
        if (ModelChecks.Of(request.Definition) is [var refusal, ..]) return refusal;

        // Two publishers of one brand take turns, so that numbers have no gap and names no twin.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('models:' || current_setting('app.tenant_id'), 0))", ct);
        var found = request.ModelId is { } id ? await Existing(id, ct) : await Create(request, ct);
        if (found.IsRefused) return found.Refusal;

        var model = found.Value;
        var newest = await db.Set<ModelVersion>().Where(version => version.ModelId == model.Id).OrderByDescending(version => version.Number).FirstOrDefaultAsync(ct);
        var (json, now) = (ModelJson.Canonical(request.Definition), clock.GetUtcNow());
        var version = new ModelVersion
        {
            Id = Guid.CreateVersion7(now), ModelId = model.Id, Number = (newest?.Number ?? 0) + 1, DefinitionJson = json, Hash = ModelVersion.HashOf(json), PublishedAt = now,
        };
        if (newest?.Hash == version.Hash) return ModelRefusal.Unchanged;

        model.Name = request.Definition.Name;
        db.Add(version);
        await db.SaveChangesAsync(ct);
        await audit.Record("model.published", $"model:{model.Id}", new { model.Name, version.Number, version.Hash }, ct);
        return version;
    }

    private async Task<Result<ChallengeModel>> Existing(Guid id, CancellationToken ct) =>
        await db.Set<ChallengeModel>().SingleOrDefaultAsync(model => model.Id == id, ct) is { } model ? model : ModelRefusal.Unknown;

    private async Task<Result<ChallengeModel>> Create(Request request, CancellationToken ct)
    {
        var slug = request.Slug ?? ModelSlug.Of(request.Definition.Name);
        if (await db.Set<ChallengeModel>().AnyAsync(model => model.Slug == slug, ct)) return ModelRefusal.NameTaken;

        var now = clock.GetUtcNow();
        var model = new ChallengeModel
        {
            Id = Guid.CreateVersion7(now), Slug = slug, Name = request.Definition.Name, Status = ModelStatus.Offered,
            Rank = await db.Set<ChallengeModel>().CountAsync(ct), CreatedAt = now,
        };
        db.Add(model);
        return model;
    }
}
