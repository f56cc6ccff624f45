using Microsoft.AspNetCore.Authorization;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payments.Gateways;

namespace TradeSense.Web.Pages.Firm.Gateways;

/// <summary>The ways to pay this firm's challenges.</summary>
[Authorize(Policy = nameof(Permission.ManageBrand))]
public sealed class IndexModel(GatewayList gateways) : TradeSensePage
{
    public IReadOnlyList<GatewayList.Row> Rows { get; private set; } = [];

    public async Task OnGet(CancellationToken ct) => Rows = await gateways.Read(ct);
}
