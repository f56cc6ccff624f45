using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Identity;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Account;

[Authorize]
public sealed class SecurityModel(SessionList sessions, ChangePassword changePassword) : TradeSensePage
{
    public sealed record Input
    {
        [Required(ErrorMessage = "Enter your current password."), DataType(DataType.Password)]
        public string Current { get; init; } = "";

        [Required(ErrorMessage = "Choose a new password."), DataType(DataType.Password)]
        public string Password { get; init; } = "";
    }

    [BindProperty]
    public Input Form { get; set; } = new();

    public IReadOnlyList<SessionList.Row> Sessions { get; private set; } = [];

    public Guid Here => User.SessionId();

    public string Home => AfterSignIn.Home(Role);

    private Role Role => Enum.Parse<Role>(User.FindFirstValue(ClaimTypes.Role)!);

    public async Task OnGet(CancellationToken ct) => Sessions = await sessions.Read(User.UserId(), Role, ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await OnGet(ct);
        if (!ModelState.IsValid) return Invalid("_PasswordForm", this);

        var changed = await changePassword.Run(new(User.UserId(), User.SessionId(), Form.Current, Form.Password), ct);
        if (changed.IsRefused) return Refused(changed.Refusal, "_PasswordForm", this);

        Toast("The password is changed. Other devices were signed out.");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEnd(Guid session, CancellationToken ct)
    {
        await sessions.End(User.UserId(), session, ct);
        Toast("That device is signed out.");
        return RedirectToPage();
    }
}
