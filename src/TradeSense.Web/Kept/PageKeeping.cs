using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Security;
using TradeSense.Web.TagHelpers;
using TradeSense.Web.Theming;

namespace TradeSense.Web.Kept;

/// <summary>
/// Answers with a whole page that was rendered before, when this visitor would be shown the same bytes: the same person of the same brand at the same address, in the same
/// look, zone and formats, with the same notices above it, and the page's own version. Each answer has a nonce and a form token of its own.
/// </summary>
public sealed class PageKeeping(KeptPages pages, CurrentTenant tenant, TenantFormat format, BrandLook look, SiteStylesheet styles, FeedNotices notices)
{
    /// <summary>All that the layouts show, and whose it is.</summary>
    private sealed record Key(
        Tenant Brand, string Person, string Name, string Path, string Zone, string Scheme, string Theme, string Styles, FeedNotices.Notice? Notice, string Version);

    /// <param name="version">Another one whenever the page may show something else outside its holes.</param>
    /// <param name="fillings">What stands in the page's holes now.</param>
    public async Task<IActionResult> Answer(PageModel page, string version, params IReadOnlyList<Filling> fillings)
    {
        var http = page.HttpContext;
        if (!MayKeep(http.Request)) return new RenderedPage(null, fillings);

        var (person, notice) = (http.User, await notices.Now(http.RequestAborted));
        var key = new Key(
            tenant.Value, person.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)!.Value, person.Identity!.Name!, http.Request.Path, format.Zone.Id, look.Scheme, look.Theme.Hash,
            styles.Current().Hash, notice, version);
        return pages.Find(key) is { } known ? new KeptPage(known, fillings) : new RenderedPage(page => pages.Keep(key, page), fillings);
    }

    /// <summary>What is asked for by parameters is seldom asked for twice; a note from the page before is shown once.</summary>
    private static bool MayKeep(HttpRequest request) => !request.QueryString.HasValue && !request.Cookies.ContainsKey(Cookies.Note);
}
