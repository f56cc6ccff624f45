using Microsoft.AspNetCore.Mvc;
using TradeSense.Modules.Risk.Incidents;

namespace TradeSense.Web.Pages.Trader.FeedNotice;

/// <summary>The banner of missing prices as a fragment: every trader's page asks for it again and again.</summary>
public sealed class IndexModel(FeedNotices notices) : TradeSensePage
{
    public async Task<IActionResult> OnGet(CancellationToken ct) => Fragment("_FeedNotice", new Shared.FeedNotice(await notices.Now(ct)));
}
