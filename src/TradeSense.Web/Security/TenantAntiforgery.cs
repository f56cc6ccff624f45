using Microsoft.AspNetCore.Antiforgery;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Security;

/// <summary>Binds each antiforgery token to the tenant it was given out by, beside the user the framework binds it to.</summary>
public sealed class TenantAntiforgery : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => TenantOf(context);

    public bool ValidateAdditionalData(HttpContext context, string additionalData) => additionalData == TenantOf(context);

    private static string TenantOf(HttpContext context)
    {
        var current = context.RequestServices.GetRequiredService<CurrentTenant>();
        return current.IsSet ? current.Id.ToString("N") : "none";
    }
}
