using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Pages.Shared;

public static class TenantTexts
{
    /// <summary>The firm's own words for a key, else ours.</summary>
    public static string Text(this Tenant tenant, string key, string otherwise) =>
        tenant.Texts.TryGetValue(key, out var own) && !string.IsNullOrWhiteSpace(own) ? own : otherwise;
}
