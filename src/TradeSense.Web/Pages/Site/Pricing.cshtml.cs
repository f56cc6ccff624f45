using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Challenges.Models;

namespace TradeSense.Web.Pages.Site;

public sealed class PricingModel(OfferedModels models) : TradeSensePage
{
    [BindProperty(SupportsGet = true, Name = "model")]
    public string? Slug { get; set; }

    [BindProperty(SupportsGet = true, Name = "size")]
    public decimal? Size { get; set; }

    public PriceBoard? Board { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        Board = PriceBoard.Of(await models.Read(ct), Slug, Size, Tenant.CultureInfo);
        return IsHtmx && Board is not null ? Fragment("_PriceBoard", Board) : Page();
    }
}
