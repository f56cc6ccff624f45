using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Alerts;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Alerts;

public sealed class IndexModel(PriceAlertList alerts, RemovePriceAlert remove, AlertOptions options) : TradeSensePage
{
    private const int PageSize = 20;

    [BindProperty(SupportsGet = true)]
    public bool Past { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    public int Number { get; set; } = 1;

    public PriceAlertList.Page Alerts { get; private set; } = null!;
    public int Most => options.MostPerTrader;
    public int Pages => (Alerts.Total + PageSize - 1) / PageSize;

    public async Task OnGet(CancellationToken ct) => Alerts = await alerts.Read(User.UserId(), Past, Number = Math.Clamp(Number, 1, 100_000), PageSize, ct);

    public async Task<IActionResult> OnPostRemove(Guid id, CancellationToken ct)
    {
        var removed = await remove.Run(User.UserId(), id, ct);
        Toast(removed.IsRefused ? "It was gone already." : "The alert is removed.");
        return RedirectToPage(new { Past, p = Number });
    }
}
