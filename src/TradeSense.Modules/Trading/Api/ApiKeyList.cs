using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Api;

public enum ApiKeyStatus { Active, Expired, Revoked }

/// <summary>A trader's own keys, the newest first; revoked and expired ones stay visible for a while.</summary>
public sealed class ApiKeyList(TradeSenseDb db, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    public sealed record Row(
        Guid Id, string Name, string Hint, ApiKeyStatus Status, bool MayTrade, bool AllAccounts, IReadOnlyList<Guid> Accounts, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
        DateTimeOffset? LastUsedAt, string? LastAddress);

    public async Task<IReadOnlyList<Row>> Run(Guid userId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var oldest = now - Remembered;
        var keys = await db.Set<ApiKey>().AsNoTracking().Where(key => key.UserId == userId && (key.RevokedAt ?? key.ExpiresAt) > oldest).OrderByDescending(key => key.CreatedAt).ToListAsync(ct);
        return [.. keys.Select(key => new Row(
            key.Id, key.Name, key.Hint, key.RevokedAt is not null ? ApiKeyStatus.Revoked : key.IsLive(now) ? ApiKeyStatus.Active : ApiKeyStatus.Expired, key.MayTrade, key.AllAccounts,
            key.Accounts, key.CreatedAt, key.ExpiresAt, key.LastUsedAt, key.LastAddress))];
    }
}
