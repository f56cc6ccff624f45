using Microsoft.AspNetCore.DataProtection;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Identity;

/// <summary>Who is between the password and the e-mail code: a protected link parameter of this tenant, good for an hour, never a bare user id.</summary>
public sealed class PendingSignIn(IDataProtectionProvider protection, CurrentTenant tenant)
{
    private ITimeLimitedDataProtector Protector => protection.CreateProtector($"Tenant:{tenant.Id}", "pending-sign-in", "v1").ToTimeLimitedDataProtector();

    public string For(Guid userId) => Protector.Protect(userId.ToString(), TimeSpan.FromHours(1));

    /// <summary>Null when the parameter is not ours, not of this tenant, or too old.</summary>
    public Guid? Read(string? parameter)
    {
        try
        {
            return parameter is null ? null : Guid.Parse(Protector.Unprotect(parameter));
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
