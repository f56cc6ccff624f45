using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Calculators;
using TradeSense.Web.Identity;
using TradeSense.Web.Pages.Site.Calculators;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>The calculators for an account: with its currency, equity, leverage and costs. The terminal shows them in a window of its own.</summary>
public sealed class CalculatorModel(TraderAccounts accounts, TerminalScreen screen, CalculatorDesk calculators, DrawdownDesk drawdown) : TradeSensePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "")]
    public CalculatorQuery Query { get; set; } = new();

    public CalculatorView View { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (CalculatorKinds.Find(Kind) is not { } kind || await accounts.Find(User.UserId(), Id, ct) is not { } account) return NotFound();

        var (view, path, name) = (await screen.View(Id, ct), $"/trader/terminal/{Id}/calculator", $"Account #{account.Number}");
        if (kind is CalculatorKind.Drawdown && view is null) kind = CalculatorKind.PositionSize;
        View = kind is CalculatorKind.Drawdown
            ? drawdown.Fill(Query, path, name, view!)
            : calculators.Fill(kind, Query, path, CalculatorAccount.Of(account.Terms, view?.Equity ?? account.Balance), name);
        return IsHtmx ? Fragment("/Pages/Site/Calculators/_Calculator.cshtml", View) : Page();
    }
}
