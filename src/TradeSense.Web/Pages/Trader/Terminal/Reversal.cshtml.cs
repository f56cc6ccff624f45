using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>A position turned round at the market: closed, and as large on the other side.</summary>
public sealed class ReversalModel(TraderAccounts accounts, ReversePosition reverse, Refusals words, TimeProvider clock) : DealPage(accounts, words, clock)
{
    [BindProperty(SupportsGet = true)]
    public int Number { get; set; }

    public IActionResult OnGet() => RedirectToPage("Position", new { Id, Number });

    public async Task<IActionResult> OnPost([FromForm(Name = "Form.ClientId")] string? clientId, CancellationToken ct)
    {
        if (!await Owns(ct)) return NotFound();

        var turned = await reverse.Run(new(Id, User.UserId(), ClientIdOr(clientId), Number), ct);
        return turned.IsRefused ? NotDone(turned.Refusal, null) : Told($"#{Number} is turned round.");
    }
}
