using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Payments.Gateways.Sandbox;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Sandbox;

/// <summary>The step in which a bank asks its customer: confirm or refuse.</summary>
[Limited(LimitedAct.Card)]
public sealed class ConfirmModel(SandboxPage pages, PaySandboxSession pay) : TradeSensePage
{
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";

    public SandboxPage.View Session { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        PageExceptions.Of(HttpContext).NoReferrer = true;
        if (await pages.Read(Token, ct) is not { } session) return NotFound();

        Session = session;
        return session.Status is SandboxStatus.AwaitingConfirmation && !session.IsOver ? Page() : RedirectToPage("Pay", new { Token });
    }

    public async Task<IActionResult> OnPost(bool approved, CancellationToken ct)
    {
        if (await pages.Read(Token, ct) is not { } session) return NotFound();

        var status = await pay.Confirm(Token, approved, ct);
        return status.IsRefused ? RedirectToPage("Pay", new { Token }) : Redirect(session.ReturnPath);
    }
}
