using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Risk.Incidents;

namespace TradeSense.Web.Pages.Platform.Incidents;

/// <summary>The market's incidents: those of the feed's guard and those declared here, the same for every brand.</summary>
public sealed class IndexModel(MarketIncidentList incidents, DeclareMarketIncident declare) : TradeSensePage
{
    private const int PageSize = 50;

    [BindProperty(Name = "p", SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<MarketIncident> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public int Pages => (Total + PageSize - 1) / PageSize;

    public async Task OnGet(CancellationToken ct) => (Rows, Total) = await incidents.Read(Number = Math.Clamp(Number, 1, 100_000), PageSize, ct);

    public async Task<IActionResult> OnPostEnd(Guid id, CancellationToken ct)
    {
        var ended = await declare.End(id, ct);
        if (ended.IsRefused) return NotFound();

        Toast("The incident has ended.");
        return RedirectToPage();
    }
}
