using Microsoft.AspNetCore.Mvc;

namespace TradeSense.Web.Pages.Site.Calculators;

public sealed class IndexModel(CalculatorDesk calculators, DrawdownDesk drawdown) : TradeSensePage
{
    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "")]
    public CalculatorQuery Query { get; set; } = new();

    public CalculatorView View { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (CalculatorKinds.Find(Kind) is not { } kind) return NotFound();

        View = kind is CalculatorKind.Drawdown ? await drawdown.Fill(Query, "/calculators", ct) : calculators.Fill(kind, Query, "/calculators");
        return IsHtmx ? Fragment("_Calculator", View) : Page();
    }
}
