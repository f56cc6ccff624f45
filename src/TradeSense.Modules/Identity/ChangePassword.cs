using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>A signed-in person sets a new password, showing the old one. All other sessions end.</summary>
public sealed class ChangePassword(TradeSenseDb db, Sessions sessions, AuditTrail audit, IPasswordHasher<User> hasher, TimeProvider clock)
{
    public sealed record Request(Guid UserId, Guid SessionId, string Current, string Password);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        var user = await db.Set<User>().SingleAsync(user => user.Id == request.UserId, ct);
        if (hasher.VerifyHashedPassword(user, user.PasswordHash, request.Current) is PasswordVerificationResult.Failed) return IdentityRefusal.CurrentPasswordWrong;

        var rules = PasswordRules.Check(request.Password, user.UserName, user.Email);
        if (rules.IsRefused) return rules;

        user.PasswordHash = hasher.HashPassword(user, request.Password);
        sessions.Changed();
        var now = clock.GetUtcNow();
        await db.Set<Session>().Where(session => session.UserId == request.UserId && session.Id != request.SessionId && session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), ct);
        await audit.Record("password.changed", $"user:{user.Id}", null, ct);
        return Result.Ok;
    }
}
