using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>An appeal against one verdict: filed here, answered here.</summary>
public sealed class AppealModel(AppealOfReceipt appeals, FileAppeal file) : TradeSensePage
{
    public sealed record Input(string? Grounds);

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public Guid ReceiptId { get; set; }
    [BindProperty] public Input Form { get; set; } = new((string?)null);

    public AppealOfReceipt.Picture Picture { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await appeals.Read(Id, ReceiptId, User.UserId(), ct) is not { } picture) return NotFound();

        Picture = picture;
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (await OnGet(ct) is NotFoundResult missing) return missing;

        var filed = await file.Run(new(ReceiptId, User.UserId(), Form.Grounds), ct);
        if (filed.IsRefused) return Refused(filed.Refusal, "_AppealForm", this);

        Toast("Your appeal is in. The clock runs.");
        return RedirectToPage(new { Id, ReceiptId });
    }
}
