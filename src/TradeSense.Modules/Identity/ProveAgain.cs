using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>A signed-in person shows the password again, which opens the most private things for a few minutes. Wrong tries count towards the lock of signing in.</summary>
public sealed class ProveAgain(TradeSenseDb db, AuditTrail audit, IPasswordHasher<User> hasher, TimeProvider clock)
{
    public async Task<Result> Run(Guid userId, Guid sessionId, string? password, CancellationToken ct)
    {
        var (user, now) = (await db.Set<User>().SingleAsync(user => user.Id == userId, ct), clock.GetUtcNow());
        if (user.IsLocked(now)) return IdentityRefusal.Locked.With(user.LockedUntil!.Value.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture));

        if (hasher.VerifyHashedPassword(user, user.PasswordHash, password ?? "") is PasswordVerificationResult.Failed)
        {
            user.SignInFailed(now);
            await audit.Attempted("password.proof_failed", $"user:{user.Id}", null);
            return IdentityRefusal.ProofWrong;
        }

        user.SignInSucceeded();
        await db.Set<Session>().Where(session => session.Id == sessionId && session.UserId == userId).ExecuteUpdateAsync(set => set.SetProperty(session => session.ProvedAt, now), ct);
        await audit.Record("password.proved", $"user:{user.Id}", null, ct);
        return Result.Ok;
    }
}

/// <summary>Whether a session's person showed who they are within the last minutes, by signing in or again since.</summary>
public sealed class FreshProof(TradeSenseDb db, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    public Task<bool> Stands(Guid sessionId, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Lasts;
        return db.Set<Session>().AnyAsync(session => session.Id == sessionId && session.EndedAt == null && (session.SignedInAt > since || session.ProvedAt > since), ct);
    }
}
