using TradeSense.Modules.Analytics;

namespace TradeSense.Web.Pages.Platform.Tenants;

public sealed class IndexModel(TenantTable tenants) : TradeSensePage
{
    public IReadOnlyList<TenantTable.Row> Rows { get; private set; } = [];

    public async Task OnGet(CancellationToken ct) => Rows = await tenants.Read(ct);
}
