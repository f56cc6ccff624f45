using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

/// <summary>The person behind a request.</summary>
public sealed record SignedIn(Guid SessionId, Guid UserId, string UserName, string Email, Role Role, string? TimeZone, DateTimeOffset SignedInAt);

/// <summary>Starts, finds and ends sessions. Finding runs before the request's transaction, in one round trip of its own, or none when the session was found a moment ago.</summary>
public sealed class Sessions(
    TradeSenseDb db, CurrentTenant tenant, [FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, KeptSessions kept, TenantTransaction transaction, TimeProvider clock)
{
    /// <summary>Returns the token for the cookie; it is not kept anywhere.</summary>
    public string Start(User user, string? address, string? device)
    {
        var token = RandomNumberGenerator.GetBytes(32);
        var now = clock.GetUtcNow();
        db.Add(new Session
        {
            Id = Guid.CreateVersion7(now), TokenHash = SHA256.HashData(token), UserId = user.Id, CreatedAt = now, LastSeenAt = now, SignedInAt = now,
            Address = address, Device = device is { Length: > 200 } ? device[..200] : device,
        });
        return Convert.ToBase64String(token);
    }

    /// <summary>The person of a live session of this tenant; null when the token is unknown, ended, idle too long, or the person was disabled.</summary>
    public async Task<SignedIn?> Find(string token, CancellationToken ct)
    {
        var bytes = new byte[32];
        if (!Convert.TryFromBase64String(token, bytes, out var length) || length != 32) return null;

        var (hash, generation) = (SHA256.HashData(bytes), kept.Generation);
        var key = Convert.ToBase64String(hash);
        if (kept.Find(tenant.Id, key) is not { } found)
        {
            if (await Read(hash, ct) is not { } read) return null;

            kept.Keep(tenant.Id, key, read.Person, read.LastSeenAt, generation);
            found = read;
        }

        var (now, person) = (clock.GetUtcNow(), found.Person);
        return now - found.LastSeenAt <= Session.IdleLimit(person.Role) && now - person.SignedInAt <= Session.AbsoluteLimit(person.Role) ? person : null;
    }

    private async Task<(SignedIn Person, DateTimeOffset LastSeenAt)?> Read(byte[] hash, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('app.tenant_id', $1, true)") { Parameters = { new() { Value = tenant.Id.ToString() } } });
        batch.BatchCommands.Add(new("""
            select s.id, u.id, u.user_name, u.email, u.role, u.time_zone, s.signed_in_at, s.last_seen_at
            from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
            where s.tenant_id = $1 and s.token_hash = $2 and s.ended_at is null and u.status = 'Active'
            """) { Parameters = { new() { Value = tenant.Id }, new() { Value = hash } } });
        batch.BatchCommands.Add(new("update sessions set last_seen_at = $3 where tenant_id = $1 and token_hash = $2 and ended_at is null and last_seen_at < $4 and last_seen_at > $5")
        {
            Parameters =
            {
                new() { Value = tenant.Id }, new() { Value = hash }, new() { Value = now },
                new() { Value = now - TimeSpan.FromMinutes(1) }, new() { Value = now - Session.IdleLimit(Role.Trader) },
            },
        });

        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;

        var person = new SignedIn(
            reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), Enum.Parse<Role>(reader.GetString(4)),
            await reader.IsDBNullAsync(5, ct) ? null : reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6));
        return (person, reader.GetFieldValue<DateTimeOffset>(7));
    }

    /// <summary>Which of these sessions still stand. Asking is no use of them: an open live stream must not keep an idle session alive.</summary>
    public async Task<IReadOnlySet<Guid>> Standing(IReadOnlyCollection<Guid> sessionIds, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('app.tenant_id', $1, true)") { Parameters = { new() { Value = tenant.Id.ToString() } } });
        batch.BatchCommands.Add(new("""
            select s.id, u.role, s.last_seen_at, s.signed_in_at
            from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
            where s.tenant_id = $1 and s.id = any($2) and s.ended_at is null and u.status = 'Active'
            """) { Parameters = { new() { Value = tenant.Id }, new() { Value = sessionIds.ToArray() } } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var (standing, now) = (new HashSet<Guid>(), clock.GetUtcNow());
        while (await reader.ReadAsync(ct))
        {
            var role = Enum.Parse<Role>(reader.GetString(1));
            if (now - reader.GetFieldValue<DateTimeOffset>(2) <= Session.IdleLimit(role) && now - reader.GetFieldValue<DateTimeOffset>(3) <= Session.AbsoluteLimit(role)) standing.Add(reader.GetGuid(0));
        }

        return standing;
    }

    /// <summary>Something of a session or its person was changed in this transaction: with its commit this process forgets what it kept.</summary>
    public void Changed() => transaction.AfterCommit(_ =>
    {
        kept.Forget();
        return Task.CompletedTask;
    });

    public async Task End(Guid sessionId, CancellationToken ct)
    {
        Changed();
        var now = clock.GetUtcNow();
        await db.Set<Session>().Where(session => session.Id == sessionId && session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), ct);
    }

    /// <summary>Ends every session of a person: at a password change, or when staff disables the account.</summary>
    public async Task EndAll(Guid userId, CancellationToken ct)
    {
        Changed();
        var now = clock.GetUtcNow();
        await db.Set<Session>().Where(session => session.UserId == userId && session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), ct);
    }
}
