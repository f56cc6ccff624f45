using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Notifications;

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

        Letters = await mailbox.Newest(To, ct);
        return Page();
    }
}
