using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Fixture;

/// <summary>The watch on the console must itself be shown to bark.</summary>
public sealed class VisitTests(Chromium chromium, DemoSite demo)
{
    [Theory]
    [InlineData("() => document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">blocked</p>')", "style")]
    [InlineData("() => { const s = document.createElement('script'); s.textContent = 'window.bad = 1'; document.body.append(s); }", "script")]
    [InlineData("() => { setTimeout(() => { throw new Error('planted'); }, 0); }", "planted")]
    [InlineData("() => console.error('planted')", "planted")]
    [InlineData("() => { const i = document.createElement('img'); i.src = '/no-such-picture.png'; i.alt = ''; document.body.append(i); }", "404")]
    public async Task A_fault_on_the_page_fails_the_visit(string fault, string trace)
    {
        var visit = await chromium.Visit(demo.Site, "meridian.localhost");
        await visit.Go("/");

        await visit.Page.EvaluateAsync(fault);
        for (var i = 0; i < 50 && visit.Problems.Count == 0; i++) await Task.Delay(50, TestContext.Current.CancellationToken);

        Assert.Contains(visit.Problems, problem => problem.Contains(trace, StringComparison.OrdinalIgnoreCase));
        await Assert.ThrowsAnyAsync<Exception>(async () => await visit.DisposeAsync());
    }

    [Fact]
    public async Task A_picture_without_words_is_not_accessible()
    {
        await using var visit = await chromium.Visit(demo.Site, "meridian.localhost");
        await visit.Go("/");
        await visit.Page.EvaluateAsync("() => document.body.append(document.createElement('img'))");

        await Assert.ThrowsAnyAsync<Exception>(visit.MustBeAccessible);
    }

    [Fact]
    public async Task Somebody_signed_in_is_known_to_the_page()
    {
        await using var firm = await TestFirm.Create(demo.Site);
        await using var visit = await chromium.Visit(await firm.Trader());

        await visit.Go("/account/security");

        Assert.EndsWith("/account/security", visit.Page.Url, StringComparison.Ordinal);
    }
}
