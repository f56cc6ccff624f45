using Microsoft.AspNetCore.Authorization;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Identity;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Pages.Firm;

/// <summary>What needs a person now, then money, then risk. Money is not even read for roles that may not see it.</summary>
[Authorize(Policy = nameof(Permission.SeeOverview))]
public sealed class IndexModel(FirmOverview overview) : TradeSensePage
{
    public FirmOverview.Picture Picture { get; private set; } = null!;

    public bool MayReviewKyc => User.May(Permission.ReviewKyc);
    public bool MaySeeTraders => User.May(Permission.SeeTraders);

    public async Task OnGet(CancellationToken ct) => Picture = await overview.Read(User.May(Permission.SeeMoney), ct);
}
