using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Api;

/// <summary>A trader takes a key back: from the commit on it opens nothing in this process, and in others after the few seconds a look-up is kept.</summary>
public sealed class RevokeApiKey(TradeSenseDb db, TenantTransaction transaction, ApiKeys keys, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result> Run(Guid userId, Guid keyId, CancellationToken ct)
    {
        if (await db.Set<ApiKey>().SingleOrDefaultAsync(key => key.Id == keyId && key.UserId == userId && key.RevokedAt == null, ct) is not { } key) return ApiKeyRefusal.Unknown;

        key.RevokedAt = clock.GetUtcNow();
        await audit.Record("api_key.revoked", $"api_key:{key.Id}", new { key.Name }, ct);
        transaction.AfterCommit(_ =>
        {
            keys.Forget(key.TenantId, key.KeyHash);
            return Task.CompletedTask;
        });
        return Result.Ok;
    }
}
