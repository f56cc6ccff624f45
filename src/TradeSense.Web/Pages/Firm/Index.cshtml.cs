using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Identity;
using TradeSense.Web.Live;

namespace TradeSense.Web.Pages.Firm;

/// <summary>What needs a person now, then money, then risk, then the way of new traders; live. Money is not even read for roles that may not see it.</summary>
[Authorize(Policy = nameof(Permission.SeeOverview))]
public sealed class IndexModel(FirmOverview overview, FirmFunnel funnel, TenantScope scope) : TradeSensePage
{
    /// <summary>Counted over whole tables: often enough for people, seldom enough for the database.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    public FirmOverview.Picture Picture { get; private set; } = null!;
    public IReadOnlyList<FirmFunnel.Step> Funnel { get; private set; } = [];

    public bool MayReviewKyc => User.May(Permission.ReviewKyc);
    public bool MaySeeTraders => User.May(Permission.SeeTraders);

    public async Task OnGet(CancellationToken ct) =>
        (Picture, Funnel) = (await overview.Read(User.May(Permission.SeeMoney), ct), await funnel.Read(ct));

    public IActionResult OnGetLive()
    {
        var (tenant, withMoney) = (Tenant, User.May(Permission.SeeMoney));
        return Live(LiveStream.Every(Look), async (frame, ct) =>
        {
            (Picture, Funnel) = await scope.Run(tenant, async services =>
                (await services.GetRequiredService<FirmOverview>().Read(withMoney, ct), await services.GetRequiredService<FirmFunnel>().Read(ct)), ct);
            await frame.Add("overview", "_Overview", this);
        });
    }
}
