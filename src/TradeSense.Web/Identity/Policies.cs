using Microsoft.AspNetCore.Authentication;
using TradeSense.Modules.Identity;
using TradeSense.Web.Api.V2;

namespace TradeSense.Web.Identity;

/// <summary>Who may open which folder, and one policy for each permission (its name is the permission's).</summary>
public static class Policies
{
    public const string Trader = nameof(Trader), Staff = nameof(Staff), Platform = nameof(Platform);
    private const string ByAddress = nameof(ByAddress);

    public static void AddSessionAuthentication(this IServiceCollection services)
    {
        // By the address, before either is made: a program's call needs nothing of what finds a session.
        services.AddAuthentication(ByAddress)
            .AddPolicyScheme(ByAddress, null, either => either.ForwardDefaultSelector =
                context => context.Request.Path.StartsWithSegments(TradingApi.Root) ? ApiKeyAuthentication.SchemeName : SessionAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);

        var policies = services.AddAuthorizationBuilder()
            .AddPolicy(Trader, policy => policy.RequireAuthenticatedUser().RequireRole(nameof(Role.Trader)))
            .AddPolicy(Staff, policy => policy.RequireAuthenticatedUser().RequireRole(nameof(Role.Owner), nameof(Role.Support), nameof(Role.Risk), nameof(Role.Finance)))
            .AddPolicy(Platform, policy => policy.RequireAuthenticatedUser().RequireRole(nameof(Role.PlatformStaff)));
        foreach (var permission in Enum.GetNames<Permission>())
            policies.AddPolicy(permission, policy => policy.RequireAuthenticatedUser().RequireClaim(PersonClaims.Permission, permission));
    }
}
