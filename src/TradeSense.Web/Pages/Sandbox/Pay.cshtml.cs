using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules;
using TradeSense.Modules.Payments.Gateways.Sandbox;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Sandbox;

/// <summary>The sandbox's payment page. Its address is the secret; who is signed in does not matter, as on any gateway's page.</summary>
[Limited(LimitedAct.Card)]
public sealed class PayModel(SandboxPage pages, PaySandboxSession pay) : TradeSensePage
{
    public sealed record Input(string? Number, string? Expiry, string? SecurityCode);

    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";
    [BindProperty] public Input Form { get; set; } = new(null, null, null);

    public SandboxPage.View Session { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        return Session.Status is SandboxStatus.AwaitingConfirmation && !Session.IsOver ? RedirectToPage("Confirm", new { Token }) : Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!await Load(ct)) return NotFound();

        var status = await pay.Run(new(Token, Form.Number ?? "", Form.Expiry ?? "", Form.SecurityCode ?? ""), ct);
        if (status.IsRefused) return Refused(status.Refusal, "_CardForm", this);

        return status.Value switch
        {
            SandboxStatus.AwaitingConfirmation => RedirectToPage("Confirm", new { Token }),
            SandboxStatus.NoAnswer => RedirectToPage(new { Token }),
            _ => Redirect(Session.ReturnPath),
        };
    }

    private async Task<bool> Load(CancellationToken ct)
    {
        PageExceptions.Of(HttpContext).NoReferrer = true;
        if (await pages.Read(Token, ct) is not { } session) return false;

        Session = session;
        return true;
    }
}
