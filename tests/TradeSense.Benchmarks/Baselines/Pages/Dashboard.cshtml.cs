using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace TradeSense.Baselines.Pages;

/// <summary>A dashboard of the rows the product's account page stands on, shown without layout, tag helpers or words.</summary>
public sealed class DashboardModel(DashboardRows rows) : PageModel
{
    public DashboardRows.Account Account { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid tenant, Guid id, CancellationToken ct)
    {
        if (await rows.Read(tenant, id, Uri.UnescapeDataString(Request.Cookies["session"] ?? ""), ct) is not { } account) return NotFound();

        Account = account;
        return Page();
    }
}
