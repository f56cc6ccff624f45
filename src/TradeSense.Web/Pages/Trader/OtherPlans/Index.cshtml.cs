using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Analytics.OtherPlans;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Trader.OtherPlans;

/// <summary>The same trades under the firm's other plans: alive or dead, and which quote decided.</summary>
public sealed class IndexModel(OtherPlanList plans, RequestOtherPlan request) : TradeSensePage
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public OtherPlanList.Picture Picture { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (await plans.Read(Id, User.UserId(), ct) is not { } picture) return NotFound();

        Picture = picture;
        return Page();
    }

    public async Task<IActionResult> OnGetTable(CancellationToken ct) => await OnGet(ct) is NotFoundResult missing ? missing : Fragment("/Pages/Trader/OtherPlans/_Plans.cshtml", Picture);

    public async Task<IActionResult> OnPost(Guid version, CancellationToken ct)
    {
        if ((await request.Run(new(Id, User.UserId(), version), ct)).IsRefused) return NotFound();

        return IsHtmx ? await OnGetTable(ct) : RedirectToPage(new { Id });
    }
}
