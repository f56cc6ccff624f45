using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Identity;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Account;

[Limited(LimitedAct.SignIn)]
public sealed class SignInModel(Modules.Identity.SignIn signIn, PendingSignIn pending) : TradeSensePage
{
    public sealed record Input
    {
        [Required(ErrorMessage = "Enter your user name or e-mail address.")]
        public string Name { get; init; } = "";

        [Required(ErrorMessage = "Enter your password."), DataType(DataType.Password)]
        public string Password { get; init; } = "";
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool MayRegister => Tenant.Kind is TenantKind.Brand;

    public void OnGet() { }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Invalid("_SignInForm", this);

        var outcome = await signIn.Run(new(Form.Name, Form.Password, HttpContext.Connection.RemoteIpAddress?.ToString(), Request.Headers.UserAgent), ct);
        if (outcome.IsRefused) return Refused(outcome.Refusal, "_SignInForm", this);
        if (outcome.Value.Token is not { } token) return RedirectToPage("/Account/Confirm", new { who = pending.For(outcome.Value.User.Id), ReturnUrl });

        SessionCookie.Set(Response, token);
        return AfterSignIn.Go(Url, ReturnUrl, outcome.Value.User.Role);
    }
}
