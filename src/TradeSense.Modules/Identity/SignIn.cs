using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>Name or e-mail and password → a session. Unknown names cost the same time as wrong passwords.</summary>
public sealed class SignIn(TradeSenseDb db, Sessions sessions, SendEmailCode sendCode, AuditTrail audit, IPasswordHasher<User> hasher, TimeProvider clock)
{
    public sealed record Request(string Name, string Password, string? Address, string? Device);

    /// <param name="Token">For the session cookie; null when the e-mail address must be confirmed first.</param>
    public sealed record Outcome(User User, string? Token);

    private static readonly string NobodysHash = new PasswordHasher<User>().HashPassword(null!, "nobody's password");

    public async Task<Result<Outcome>> Run(Request request, CancellationToken ct)
    {
        var name = User.Normalize(request.Name);
        var user = await db.Set<User>().SingleOrDefaultAsync(user => user.NormalizedUserName == name || user.NormalizedEmail == name, ct);
        if (user is null)
        {
            hasher.VerifyHashedPassword(null!, NobodysHash, request.Password);
            // What was typed is not kept: people type passwords into the wrong field.
            await audit.Attempted("sign_in.failed", "user:unknown", new { request.Address });
            return IdentityRefusal.SignInFailed;
        }

        var now = clock.GetUtcNow();
        if (user.IsLocked(now))
        {
            await audit.Attempted("sign_in.refused", $"user:{user.Id}", new { request.Address, Why = "locked" });
            return IdentityRefusal.Locked.With(user.LockedUntil!.Value.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture));
        }

        if (hasher.VerifyHashedPassword(user, user.PasswordHash, request.Password) is PasswordVerificationResult.Failed)
        {
            user.SignInFailed(now);
            await audit.Attempted("sign_in.failed", $"user:{user.Id}", new { request.Address });
            return IdentityRefusal.SignInFailed;
        }

        if (user.Status is UserStatus.Disabled)
        {
            await audit.Attempted("sign_in.refused", $"user:{user.Id}", new { request.Address, Why = "disabled" });
            return IdentityRefusal.Disabled;
        }

        user.SignInSucceeded();
        if (user.EmailConfirmedAt is null)
        {
            await sendCode.Run(user, EmailCode.ConfirmEmail, ct);
            return new Outcome(user, null);
        }

        return new Outcome(user, await Open(user, request.Address, request.Device, ct));
    }

    /// <summary>A session for a person whose identity was just shown in another way: the code from the e-mail.</summary>
    public async Task<string> Open(User user, string? address, string? device, CancellationToken ct)
    {
        var token = sessions.Start(user, address, device);
        audit.Identify(user.Id, user.UserName);
        await audit.Record("sign_in.succeeded", $"user:{user.Id}", new { address, device }, ct);
        return token;
    }
}
