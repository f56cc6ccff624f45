using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Notifications;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages.Account;

/// <summary>What would have been sent, for people who develop or try the product. It does not exist in production.</summary>
public sealed class MailboxModel(Mailbox mailbox, IHostEnvironment environment) : TradeSensePage
{
    [BindProperty(SupportsGet = true)]
    public string? To { get; set; }

    public IReadOnlyList<Mailbox.Letter> Letters { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!environment.IsDevelopment()) return NotFound();

        PageExceptions.Of(HttpContext).FramesOwnPages = true;
        Letters = await mailbox.Newest(To, ct);
        return Page();
    }

    /// <summary>One letter as a mail program shows it, for the frame.</summary>
    public async Task<IActionResult> OnGetLetter(Guid id, CancellationToken ct)
    {
        if (!environment.IsDevelopment() || await mailbox.Html(id, ct) is not { } html) return NotFound();

        PageExceptions.Of(HttpContext).Letter = true;
        return Content(html, "text/html; charset=utf-8");
    }
}
