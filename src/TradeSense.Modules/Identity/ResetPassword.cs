using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>Two steps: ask for a code (the answer never tells whether the address is known), then set the password with it. All sessions end.</summary>
public sealed class ResetPassword(TradeSenseDb db, Sessions sessions, SendEmailCode sendCode, AuditTrail audit, IPasswordHasher<User> hasher, TimeProvider clock)
{
    public async Task Ask(string email, CancellationToken ct)
    {
        var normalized = User.Normalize(email);
        var user = await db.Set<User>().SingleOrDefaultAsync(user => user.NormalizedEmail == normalized, ct);
        await audit.Attempted("password.reset_requested", user is null ? "user:unknown" : $"user:{user.Id}", null);
        if (user is { Status: UserStatus.Active }) await sendCode.Run(user, EmailCode.ResetPassword, ct);
    }

    public async Task<Result> Run(string email, string code, string password, CancellationToken ct)
    {
        var normalized = User.Normalize(email);
        var user = await db.Set<User>().SingleOrDefaultAsync(user => user.NormalizedEmail == normalized, ct);
        var newest = user is null
            ? null
            : await db.Set<EmailCode>().Where(row => row.UserId == user.Id && row.Purpose == EmailCode.ResetPassword).OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(ct);
        if (user is null || newest is null)
        {
            await audit.Attempted("password.reset_failed", user is null ? "user:unknown" : $"user:{user.Id}", null);
            return IdentityRefusal.CodeWrong;
        }

        var rules = PasswordRules.Check(password, user.UserName, user.Email);
        if (rules.IsRefused) return rules;

        var used = newest.Use(code, clock.GetUtcNow());
        if (used.IsRefused)
        {
            await audit.Attempted("password.reset_failed", $"user:{user.Id}", new { Why = used.Refusal.Code });
            return used;
        }

        user.PasswordHash = hasher.HashPassword(user, password);
        user.ConfirmEmail(clock.GetUtcNow());
        user.SignInSucceeded();
        await sessions.EndAll(user.Id, ct);
        audit.Identify(user.Id, user.UserName);
        await audit.Record("password.reset", $"user:{user.Id}", null, ct);
        return Result.Ok;
    }
}
