using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Risk.Heads;

namespace TradeSense.Web.Pages.Site.Verify;

/// <summary>One day's head: the text that was signed, to the byte, and its signature.</summary>
public sealed class HeadModel(HeadList heads) : TradeSensePage
{
    public JournalHead Head { get; private set; } = null!;

    public string Day => Head.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGet(DateOnly day, CancellationToken ct)
    {
        if (await heads.Of(day, ct) is not { } head) return NotFound();

        Head = head;
        return Page();
    }

    public async Task<IActionResult> OnGetText(DateOnly day, CancellationToken ct) =>
        await heads.Of(day, ct) is { } head ? File(Encoding.ASCII.GetBytes(head.Text), "text/plain", $"head-{day:yyyy-MM-dd}.txt") : NotFound();

    public async Task<IActionResult> OnGetSignature(DateOnly day, CancellationToken ct) =>
        await heads.Of(day, ct) is { } head ? File(Convert.FromHexString(head.Signature), "application/octet-stream", $"head-{day:yyyy-MM-dd}.sig") : NotFound();
}
