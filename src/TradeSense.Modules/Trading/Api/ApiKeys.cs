using System.Collections.Concurrent;
using Npgsql;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Api;

/// <summary>Who stands behind a key, and what it may.</summary>
/// <param name="Accounts">Null where the key is for all accounts of its owner.</param>
public sealed record ApiGrant(Guid KeyId, Guid TenantId, Guid UserId, string UserName, string Name, bool MayTrade, IReadOnlySet<Guid>? Accounts, DateTimeOffset ExpiresAt)
{
    public bool Reaches(Guid account) => Accounts is null || Accounts.Contains(account);
}

/// <summary>Finds the grant of a key, for every call of the API: kept for two seconds, so that a busy program costs the database one small question in that time.</summary>
public sealed class ApiKeys(TenantLookup lookup, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2), BetweenNotes = TimeSpan.FromMinutes(1);
    private const int Most = 20_000;
    private readonly ConcurrentDictionary<(Guid Tenant, string Hash), (ApiGrant Grant, long At)> _kept = new();
    private long _forgotten;

    /// <summary>Null when the text is no key of this tenant, the key has ended, or its owner was shut out.</summary>
    /// <param name="address">Noted with the key as where it was last used from.</param>
    public async Task<ApiGrant?> Find(Guid tenant, string secret, string? address, CancellationToken ct)
    {
        if (ApiKey.HashOf(secret) is not { } hash) return null;

        var key = (tenant, Convert.ToHexString(hash));
        var now = clock.GetUtcNow();
        if (_kept.TryGetValue(key, out var kept) && clock.GetElapsedTime(kept.At) < Kept) return now < kept.Grant.ExpiresAt ? kept.Grant : null;

        var (asked, forgotten) = (clock.GetTimestamp(), Volatile.Read(ref _forgotten));
        if (await Read(tenant, hash, address, now, ct) is not { } grant)
        {
            _kept.TryRemove(key, out _);
            return null;
        }

        if (_kept.Count >= Most) _kept.Clear();
        _kept[key] = (grant, asked);
        // A key that was revoked while it was looked up must not stay.
        if (Volatile.Read(ref _forgotten) != forgotten) _kept.TryRemove(key, out _);
        return grant;
    }

    /// <summary>Whether this key has worked in this process, and was not found to have ended since.</summary>
    public bool Knows(Guid tenant, string secret) => ApiKey.HashOf(secret) is { } hash && _kept.ContainsKey((tenant, Convert.ToHexString(hash)));

    /// <summary>Whether a grant found earlier still stands: an open stream asks again and again.</summary>
    public async Task<bool> Stands(ApiGrant grant, CancellationToken ct) => (await lookup.Read(grant.TenantId, row => row.GetInt32(0), ct, TenantLookup.Ask("""
        select 1 from api_keys k join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
        where k.tenant_id = $1 and k.id = $2 and k.revoked_at is null and k.expires_at > $3 and u.status = 'Active'
        """, grant.TenantId, grant.KeyId, clock.GetUtcNow()))).Count > 0;

    /// <summary>The next call with this key asks the database.</summary>
    public void Forget(Guid tenant, byte[] hash)
    {
        Interlocked.Increment(ref _forgotten);
        _kept.TryRemove((tenant, Convert.ToHexString(hash)), out _);
    }

    private async Task<ApiGrant?> Read(Guid tenant, byte[] hash, string? address, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await lookup.Read(tenant, row => Grant(tenant, row), ct,
            TenantLookup.Ask("""
                select k.id, k.user_id, u.user_name, k.name, k.may_trade, k.all_accounts, k.accounts, k.expires_at
                from api_keys k join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
                where k.tenant_id = $1 and k.key_hash = $2 and k.revoked_at is null and k.expires_at > $3 and u.status = 'Active'
                """, tenant, hash, now),
            TenantLookup.Ask("""
                update api_keys set last_used_at = $3, last_address = $4
                where tenant_id = $1 and key_hash = $2 and revoked_at is null and expires_at > $3 and (last_used_at is null or last_used_at < $5)
                """, tenant, hash, now, address ?? "", now - BetweenNotes));
        return rows.Count > 0 ? rows[0] : null;
    }

    private static ApiGrant Grant(Guid tenant, NpgsqlDataReader row) => new(
        row.GetGuid(0), tenant, row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetBoolean(4), row.GetBoolean(5) ? null : row.GetFieldValue<Guid[]>(6).ToHashSet(),
        row.GetFieldValue<DateTimeOffset>(7));
}
