using Microsoft.AspNetCore.Authorization;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm;

/// <summary>What needs a person now, then money, then risk. Money is not even read for roles that may not see it.</summary>
[Authorize(Policy = nameof(Permission.SeeOverview))]
public sealed class IndexModel(FirmOverview overview, AppealQueue appeals) : TradeSensePage
{
    public FirmOverview.Picture Picture { get; private set; } = null!;

    public bool MayReviewKyc => User.May(Permission.ReviewKyc);
    public bool MaySeeTraders => User.May(Permission.SeeTraders);

    /// <summary>Null for roles that decide none.</summary>
    public AppealQueue.Clock? Appeals { get; private set; }

    public async Task OnGet(CancellationToken ct)
    {
        Picture = await overview.Read(User.May(Permission.SeeMoney), ct);
        Appeals = User.May(Permission.DecideAppeals) ? await appeals.Clocks(ct) : null;
    }
}
