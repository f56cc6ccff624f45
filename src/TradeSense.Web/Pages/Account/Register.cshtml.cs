using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Web.Identity;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Account;

[Limited(LimitedAct.Register)]
public sealed class RegisterModel(RegisterTrader register, PendingSignIn pending) : TradeSensePage
{
    public sealed record Input
    {
        [Required(ErrorMessage = "Choose a user name.")]
        public string UserName { get; init; } = "";

        [Required(ErrorMessage = "Enter your e-mail address."), DataType(DataType.EmailAddress)]
        public string Email { get; init; } = "";

        [Required(ErrorMessage = "Choose a password."), DataType(DataType.Password)]
        public string Password { get; init; } = "";

        [Required(ErrorMessage = "Choose your country of residence.")]
        public string Country { get; init; } = "";

        public bool AcceptTerms { get; init; }
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Invalid("_RegisterForm", this);

        var registered = await register.Run(new(Form.UserName, Form.Email, Form.Password, Form.Country, Form.AcceptTerms), ct);
        if (registered.IsRefused) return Refused(registered.Refusal, "_RegisterForm", this);

        return RedirectToPage("/Account/Confirm", new { who = pending.For(registered.Value), ReturnUrl });
    }
}
