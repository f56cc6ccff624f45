using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Theming;

namespace TradeSense.Tests.Web;

public sealed class BrandLookTests
{
    private static readonly Dictionary<string, string> Orange = new() { ["dark.accent"] = "#FFA500" };
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_shows_the_real_page_in_the_unsaved_look_inside_a_frame_of_our_own()
    {
        await using var site = await TestSite.Start();
        var draft = Uri.EscapeDataString(Seal(site, "meridian", Orange)!);

        var css = await site.Client().GetStringAsync($"/theme.css?draft={draft}", Ct);
        var page = await site.Client().GetAsync($"/?draft={draft}", Ct);

        Assert.Contains("--ts-accent: #FFA500;", css, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("/theme.css?draft=", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_of_another_tenant_or_a_made_up_one_shows_the_saved_look_unframed()
    {
        await using var site = await TestSite.Start();
        var foreign = Uri.EscapeDataString(Seal(site, "lumen", Orange)!);

        foreach (var draft in new[] { foreign, "made-up" })
        {
            var page = await site.Client().GetAsync($"/?draft={draft}", Ct);

            Assert.Contains("frame-ancestors 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.DoesNotContain("#FFA500", await site.Client().GetStringAsync($"/theme.css?draft={draft}", Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_look_that_would_be_refused_is_never_sealed()
    {
        await using var site = await TestSite.Start();

        Assert.Null(Seal(site, "meridian", new Dictionary<string, string> { ["dark.text"] = "#0A0E27" }));
    }

    private static string? Seal(TestSite site, string slug, Dictionary<string, string> overrides)
    {
        using var scope = site.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<TenantDirectory>().TryFind($"{slug}.test", out var tenant);
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant!);
        return scope.ServiceProvider.GetRequiredService<BrandLook>().Seal(tenant!.Theme, overrides);
    }
}
