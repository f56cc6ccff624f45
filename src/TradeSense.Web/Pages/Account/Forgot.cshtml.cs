using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Account;

[Limited(LimitedAct.Reset)]
public sealed class ForgotModel(ResetPassword reset) : TradeSensePage
{
    public sealed record Input
    {
        [Required(ErrorMessage = "Enter your e-mail address."), DataType(DataType.EmailAddress)]
        public string Email { get; init; } = "";
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public void OnGet() { }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!ModelState.IsValid) return Invalid("_ForgotForm", this);

        await reset.Ask(Form.Email, ct);
        return RedirectToPage("/Account/Reset", new { Form.Email });
    }
}
