using Microsoft.AspNetCore.Mvc;
using TradeSense.Engine.Values;
using TradeSense.Modules.Alerts;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Web.Pages.Trader.Terminal;

namespace TradeSense.Web.Pages.Trader.Alerts;

public sealed class NewModel(SetPriceAlert set, LatestQuotes quotes) : AlertPage(set, quotes)
{
    public override Guid? AlertId => null;

    /// <param name="chosen">Of the form itself: its price begins anew with another instrument.</param>
    public IActionResult OnGet(string? symbol, [FromQuery(Name = "Form.Symbol")] string? chosen)
    {
        Form = new Input { Symbol = TerminalScreen.Instrument(chosen ?? symbol ?? "").Symbol };
        if (Last is { } last) Form = Form with { Wanted = PlainDecimal.Text(decimal.Round(last.Bid.Value + (10 * Instrument.PipSize), Instrument.Digits, MidpointRounding.AwayFromZero)) };
        return IsHtmx ? Fragment("_AlertForm", this) : Page();
    }

    public Task<IActionResult> OnPost(CancellationToken ct) => Set(ct);
}
