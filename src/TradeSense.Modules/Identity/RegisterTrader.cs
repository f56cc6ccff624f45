using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

/// <summary>A visitor becomes a trader of this brand; the account opens with the code sent to the e-mail address.</summary>
public sealed partial class RegisterTrader(
    TradeSenseDb db, CurrentTenant tenant, SendEmailCode sendCode, AuditTrail audit, IPasswordHasher<User> hasher, TimeProvider clock)
{
    public sealed record Request(string UserName, string Email, string Password, string Country, bool AcceptTerms);

    /// <summary>The new user's id.</summary>
    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        var checkedInput = Check(request);
        if (checkedInput.IsRefused) return checkedInput.Refusal;

        var (userName, email) = (User.Normalize(request.UserName), User.Normalize(request.Email));
        if (await db.Set<User>().AnyAsync(user => user.NormalizedUserName == userName, ct)) return IdentityRefusal.UserNameTaken;
        if (await db.Set<User>().AnyAsync(user => user.NormalizedEmail == email, ct)) return IdentityRefusal.EmailTaken;

        var now = clock.GetUtcNow();
        var user = User.Create(Guid.CreateVersion7(now), request.UserName, request.Email, request.Country, Role.Trader, now);
        user.PasswordHash = hasher.HashPassword(user, request.Password);
        db.Add(user);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation } unique)
        {
            // Two registrations raced; the constraint let one through, and EF's savepoint has undone this one.
            db.ChangeTracker.Clear();
            return unique.ConstraintName?.Contains("email", StringComparison.Ordinal) == true ? IdentityRefusal.EmailTaken : IdentityRefusal.UserNameTaken;
        }

        await sendCode.Run(user, EmailCode.ConfirmEmail, ct);
        audit.Identify(user.Id, user.UserName);
        await audit.Record("trader.registered", $"user:{user.Id}", new { user.UserName, user.Country }, ct);
        return user.Id;
    }

    private Result Check(Request request)
    {
        if (!UserNamePattern().IsMatch(request.UserName.Trim())) return IdentityRefusal.UserNameInvalid;
        if (!IsEmail(request.Email.Trim())) return IdentityRefusal.EmailInvalid;
        if (!Countries.NameByCode.ContainsKey(request.Country)) return IdentityRefusal.CountryUnknown;
        if (tenant.Value.ProhibitedCountries.Contains(request.Country)) return IdentityRefusal.CountryProhibited.With(Countries.NameOf(request.Country));

        var password = PasswordRules.Check(request.Password, request.UserName.Trim(), request.Email.Trim());
        if (password.IsRefused) return password;
        return request.AcceptTerms ? Result.Ok : IdentityRefusal.TermsNotAccepted;
    }

    internal static bool IsEmail(string text) => text.Length <= 254 && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);

    [GeneratedRegex("^[A-Za-z0-9._-]{3,30}$")]
    private static partial Regex UserNamePattern();
}
