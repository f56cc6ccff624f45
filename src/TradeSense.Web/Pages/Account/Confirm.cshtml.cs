using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Web.Identity;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Account;

[Limited(LimitedAct.Code)]
public sealed class ConfirmModel(ConfirmEmail confirm, SignIn signIn, ResendCode resend, PendingSignIn pending) : TradeSensePage
{
    public sealed record Input
    {
        [Required(ErrorMessage = "Enter the six digits from the e-mail.")]
        public string Code { get; init; } = "";
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => pending.Read(Who) is null ? RedirectToPage("/Account/SignIn") : Page();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (pending.Read(Who) is not { } userId) return RedirectToPage("/Account/SignIn");
        if (!ModelState.IsValid) return Invalid("_ConfirmForm", this);

        var confirmed = await confirm.Run(userId, Form.Code, ct);
        if (confirmed.IsRefused) return Refused(confirmed.Refusal, "_ConfirmForm", this);

        var token = await signIn.Open(confirmed.Value, HttpContext.Connection.RemoteIpAddress?.ToString(), Request.Headers.UserAgent, ct);
        SessionCookie.Set(Response, token);
        return AfterSignIn.Go(Url, ReturnUrl, confirmed.Value.Role);
    }

    public async Task<IActionResult> OnPostResend(CancellationToken ct)
    {
        if (pending.Read(Who) is not { } userId) return RedirectToPage("/Account/SignIn");

        ModelState.Clear();
        var sent = await resend.Run(userId, ct);
        if (sent.IsRefused) return Refused(sent.Refusal, "_ConfirmForm", this);

        Toast("A new code is on its way.");
        return RedirectToPage(new { Who, ReturnUrl });
    }
}
