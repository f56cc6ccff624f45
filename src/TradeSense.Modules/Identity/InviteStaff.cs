using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

/// <summary>
/// A new member of staff, known by e-mail address. They can do nothing until they have set a password with the code sent to that address.
/// Inviting the same address again, before it was used, sends a fresh code.
/// </summary>
public sealed class InviteStaff(TradeSenseDb db, Mailer mailer, CurrentTenant tenant, AuditTrail audit, IPasswordHasher<User> hasher, TimeProvider clock)
{
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromDays(3);

    public sealed record Request(string Email, Role Role, string Country);

    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        var address = request.Email.Trim();
        if (!RegisterTrader.IsEmail(address)) return IdentityRefusal.EmailInvalid;
        if (!StaffRoles.Of(tenant.Value.Kind).Contains(request.Role)) return StaffRefusal.RoleUnknown;
        if (!Countries.NameByCode.ContainsKey(request.Country)) return IdentityRefusal.CountryUnknown;

        var normalized = User.Normalize(address);
        var user = await db.Set<User>().SingleOrDefaultAsync(user => user.NormalizedEmail == normalized, ct);
        if (user is not null && (user.EmailConfirmedAt is not null || !user.IsStaff)) return StaffRefusal.EmailTaken;

        var now = clock.GetUtcNow();
        if (user is null)
        {
            user = await Create(address, request, now, ct);
            db.Add(user);
            // The code refers to the person: they must stand first.
            await db.SaveChangesAsync(ct);
        }

        user.Role = request.Role;
        await SendCode(user, now, ct);
        await audit.Record("staff.invited", $"user:{user.Id}", new { user.Email, user.Role }, ct);
        return user.Id;
    }

    private async Task<User> Create(string address, Request request, DateTimeOffset now, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(now);
        var name = await FreeName(address.Split('@')[0], id, ct);
        var user = User.Create(id, name, address, request.Country, request.Role, now);
        // Nobody knows this password: only the code opens the account.
        user.PasswordHash = hasher.HashPassword(user, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return user;
    }

    /// <summary>The address's own name where it is free and fit, else with the end of the person's id.</summary>
    private async Task<string> FreeName(string local, Guid id, CancellationToken ct)
    {
        var fit = new string([.. local.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_').Take(20)]).PadRight(3, '_');
        var normalized = User.Normalize(fit);
        return await db.Set<User>().AnyAsync(user => user.NormalizedUserName == normalized, ct) ? $"{fit}-{id.ToString("N")[^6..]}" : fit;
    }

    private async Task SendCode(User user, DateTimeOffset now, CancellationToken ct)
    {
        var (row, code) = EmailCode.Create(user.Id, EmailCode.ResetPassword, now, CodeLifetime);
        db.Add(row);
        await mailer.Send(user.Email, $"You are invited to the team of {tenant.Value.Name}", new MailText(
            $"You have been invited to work with {tenant.Value.Name} as {user.Role.ToString().ToLowerInvariant()}. Enter this address and this code on the page below, and choose your password:",
            code, $"The code works once, for {CodeLifetime.TotalDays:0} days. Later, ask for a new one under “Forgot the password?”.", "/account/reset", "Choose a password"), ct);
    }
}
