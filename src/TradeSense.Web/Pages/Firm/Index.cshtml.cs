using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Identity;
using TradeSense.Web.Live;

namespace TradeSense.Web.Pages.Firm;

/// <summary>What needs a person now, then money, then risk, then the way of new traders; live. Money is not even read for roles that may not see it.</summary>
[Authorize(Policy = nameof(Permission.SeeOverview))]
public sealed class IndexModel(TenantScope scope) : TradeSensePage
{
    /// <summary>Counted over whole tables: often enough for people, seldom enough for the database.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    public FirmOverview.Picture Picture { get; private set; } = null!;
    public IReadOnlyList<FirmFunnel.Step> Funnel { get; private set; } = [];

    /// <summary>Null for roles that decide none.</summary>
    public AppealQueue.Clock? Appeals { get; private set; }

    public bool MayReviewKyc => User.May(Permission.ReviewKyc);
    public bool MaySeeTraders => User.May(Permission.SeeTraders);

    public Task OnGet(CancellationToken ct) => Read(HttpContext.RequestServices, ct);

    public IActionResult OnGetLive()
    {
        var tenant = Tenant;
        return Live(LiveStream.Every(Look), async (frame, ct) =>
        {
            await scope.Run(tenant, services => Read(services, ct), ct);
            await frame.Add("overview", "_Overview", this);
        });
    }

    private async Task Read(IServiceProvider services, CancellationToken ct)
    {
        Picture = await services.GetRequiredService<FirmOverview>().Read(User.May(Permission.SeeMoney), ct);
        Funnel = await services.GetRequiredService<FirmFunnel>().Read(ct);
        Appeals = User.May(Permission.DecideAppeals) ? await services.GetRequiredService<AppealQueue>().Clocks(ct) : null;
    }
}
