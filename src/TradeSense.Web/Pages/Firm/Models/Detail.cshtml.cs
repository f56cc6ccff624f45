using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Identity;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Firm.Models;

[Authorize(Policy = nameof(Permission.ManageModels))]
public sealed class DetailModel(ModelDetail detail, ChangeModelStatus change) : TradeSensePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The version whose rules are shown; the newest when the number is unknown.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Version { get; set; }

    public ModelDetail.Picture Picture { get; private set; } = null!;

    public ModelDetail.Version Shown => Picture.Versions.FirstOrDefault(version => version.Number == Version) ?? Picture.Newest;

    public RuleSheet Rules => RuleSheet.Of(Shown.Definition, ModelPreview.SizeFor(Shown.Definition), Tenant.CultureInfo);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await detail.Read(Id, ct) is not { } found) return NotFound();

        Picture = found;
        return Page();
    }

    public Task<IActionResult> OnPostWithdraw(CancellationToken ct) => Change(ModelStatus.Retired, "Withdrawn from sale. Running accounts go on.", ct);

    public Task<IActionResult> OnPostOffer(CancellationToken ct) => Change(ModelStatus.Offered, "The model is on sale again.", ct);

    private async Task<IActionResult> Change(ModelStatus status, string note, CancellationToken ct)
    {
        var changed = await change.Run(Id, status, ct);
        if (changed.IsRefused) return NotFound();

        Toast(note);
        return RedirectToPage(new { Id });
    }
}
