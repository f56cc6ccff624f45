using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Challenges.Progress;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges;

/// <summary>A paid order becomes a challenge: its first phase's account is opened. Asked again for the same order it says the same and does nothing.</summary>
public sealed class StartChallenge(TradeSenseDb db, ChallengeProgress progress, TimeProvider clock)
{
    public sealed record Request(Guid OrderId, Guid UserId, Guid ModelVersionId, decimal Size);

    /// <summary>The challenge's id.</summary>
    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        // Webhooks come twice at once: the second waits here and finds the first one's challenge.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"challenge-order:" + request.OrderId}, 0))", ct);
        if (await db.Set<Challenge>().AsNoTracking().SingleOrDefaultAsync(row => row.OrderId == request.OrderId, ct) is { } started) return started.Id;

        // A version that was replaced since is still what the order bought.
        var version = await db.Set<ModelVersion>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.ModelVersionId, ct);
        if (version is null) return ChallengeRefusal.UnknownVersion;
        if (version.Definition.PriceOf(request.Size) is null) return ChallengeRefusal.SizeNotOffered;

        var now = clock.GetUtcNow();
        var challenge = new Challenge
        {
            Id = Guid.CreateVersion7(now), UserId = request.UserId, ModelVersionId = version.Id, OrderId = request.OrderId, Size = request.Size, StartedAt = now,
        };
        db.Add(challenge);
        await db.SaveChangesAsync(ct);
        await progress.Begin(challenge, version.Definition, ct);
        return challenge.Id;
    }
}
