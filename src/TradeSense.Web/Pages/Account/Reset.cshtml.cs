using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Account;

[Limited(LimitedAct.Reset)]
public sealed class ResetModel(ResetPassword reset) : TradeSensePage
{
    public sealed record Input
    {
        [Required(ErrorMessage = "Enter the six digits from the e-mail.")]
        public string Code { get; init; } = "";

        [Required(ErrorMessage = "Choose a password."), DataType(DataType.Password)]
        public string Password { get; init; } = "";
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string Email { get; set; } = "";

    public void OnGet() { }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Invalid("_ResetForm", this);

        var done = await reset.Run(Email, Form.Code, Form.Password, ct);
        if (done.IsRefused) return Refused(done.Refusal, "_ResetForm", this);

        Toast("The password is changed. Sign in with it.");
        return RedirectToPage("/Account/SignIn");
    }
}
