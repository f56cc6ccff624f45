using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Analytics.OtherPlans;
using TradeSense.Modules.Identity;

namespace TradeSense.Web.Pages.Firm.OtherPlans;

/// <summary>What the trader sees of the same trades under other plans, for the firm's staff.</summary>
[Authorize(Policy = nameof(Permission.SeeTraders))]
public sealed class IndexModel(OtherPlanList plans, RequestOtherPlan request) : TradeSensePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public OtherPlanList.Picture Picture { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await plans.Read(Id, null, ct) is not { } picture) return NotFound();

        Picture = picture;
        return Page();
    }

    public async Task<IActionResult> OnGetTable(CancellationToken ct) => await OnGet(ct) is NotFoundResult missing ? missing : Fragment("/Pages/Trader/OtherPlans/_Plans.cshtml", Picture);

    public async Task<IActionResult> OnPost(Guid version, CancellationToken ct)
    {
        if ((await request.Run(new(Id, null, version), ct)).IsRefused) return NotFound();

        return IsHtmx ? await OnGetTable(ct) : RedirectToPage(new { Id });
    }
}
