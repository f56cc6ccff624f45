using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Account;

public sealed class SignOutModel(Sessions sessions, AuditTrail audit) : TradeSensePage
{
    public void OnGet() { }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (User.Identity?.IsAuthenticated == true)
        {
            await sessions.End(User.SessionId(), ct);
            await audit.Record("sign_out", $"user:{User.UserId()}", null, ct);
        }

        SessionCookie.Remove(Response);
        return LocalRedirect("/account/sign-in");
    }
}
