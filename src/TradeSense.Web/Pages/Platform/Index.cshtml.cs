using TradeSense.Modules.Analytics;

namespace TradeSense.Web.Pages.Platform;

/// <summary>The installation at a glance: what is not well, and every brand.</summary>
public sealed class IndexModel(TenantTable tenants, PlatformHealth health) : TradeSensePage
{
    public IReadOnlyList<TenantTable.Row> Rows { get; private set; } = [];
    public PlatformHealth.Picture Health { get; private set; } = null!;

    public async Task OnGet(CancellationToken ct) => (Rows, Health) = (await tenants.Read(ct), await health.Read(ct));
}
