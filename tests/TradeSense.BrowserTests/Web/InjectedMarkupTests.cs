using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests.Web;

/// <summary>The policy stops injected scripts; only the nonce stops injected hx-* attributes, which need no script to act.</summary>
public sealed class InjectedMarkupTests(Chromium chromium, DemoSite demo)
{
    [Theory]
    [InlineData("<button id='planted' hx-get='/faq' hx-trigger='load'>x</button>")]
    [InlineData("<button id='planted' hx-get='/faq' hx-trigger='load' hx-nonce='AAAAAAAAAAAAAAAAAAAAAAAA'>x</button>")]
    [InlineData("<button id='planted' data-hx-get='/faq' data-hx-trigger='load'>x</button>")]
    public async Task Injected_htmx_attributes_without_the_nonce_of_the_page_are_dead(string markup)
    {
        var visit = await chromium.Visit(demo.Site, "meridian.localhost");
        await visit.Go("/");
        var asked = false;
        visit.Page.Request += (_, request) => asked |= request.Url.EndsWith("/faq", StringComparison.Ordinal);

        await Plant(visit.Page, markup);
        await visit.Page.WaitForTimeoutAsync(300);

        Assert.False(asked);
        if (!markup.Contains("data-hx", StringComparison.Ordinal)) await Assert.ThrowsAnyAsync<Exception>(async () => await visit.DisposeAsync());
        else await visit.DisposeAsync();
    }

    [Fact]
    public async Task The_same_markup_with_the_nonce_acts_so_the_test_above_means_something()
    {
        await using var visit = await chromium.Visit(demo.Site, "meridian.localhost");
        await visit.Go("/");
        var nonce = await visit.Page.EvaluateAsync<string>("() => document.querySelector('script[nonce]').nonce");

        var request = await visit.Page.RunAndWaitForRequestAsync(
            () => Plant(visit.Page, $"<button id='planted' hx-get='/faq' hx-trigger='load' hx-swap='none' hx-nonce='{nonce}'>x</button>"),
            request => request.Url.EndsWith("/faq", StringComparison.Ordinal));

        Assert.True(request.Headers.ContainsKey("hx-request"));
    }

    [Fact]
    public async Task Expressions_in_attributes_are_never_run()
    {
        var visit = await chromium.Visit(demo.Site, "meridian.localhost");
        await visit.Go("/");
        var nonce = await visit.Page.EvaluateAsync<string>("() => document.querySelector('script[nonce]').nonce");

        await Plant(visit.Page, $"<button id='planted' hx-on:click='window.ran = true' hx-nonce='{nonce}'>x</button>");
        await visit.Page.ClickAsync("#planted");

        Assert.False(await visit.Page.EvaluateAsync<bool>("() => window.ran === true"));
        await Assert.ThrowsAnyAsync<Exception>(async () => await visit.DisposeAsync());
    }

    private static Task Plant(IPage page, string markup) => page.EvaluateAsync(
        "markup => { const box = document.createElement('div'); box.innerHTML = markup; document.querySelector('main').append(box); htmx.process(box); }", markup);
}
