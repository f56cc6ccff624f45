using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests;

public sealed class HomePageTests(Chromium chromium, DemoSite demo)
{
    public static TheoryData<string, Screen, string> Looks =>
        new(from brand in DemoSite.Brands from screen in Enum.GetValues<Screen>() from scheme in (string[])["dark", "light"] select (brand, screen, scheme));

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_home_page_of_every_brand_looks_right_on_every_screen(string brand, Screen screen, string scheme)
    {
        await using var visit = await chromium.Visit(demo.Site, $"{brand}.localhost", screen, scheme);

        await visit.Go("/");

        Assert.Equal(scheme, await visit.Page.Locator("html").GetAttributeAsync("data-bs-theme"));
        Assert.Contains(demo.Site.NameOf(brand), await visit.Page.TitleAsync(), StringComparison.Ordinal);
        await visit.LooksRight($"{brand}-home");
    }

    [Fact]
    public async Task Brands_differ_at_first_sight()
    {
        var colours = new HashSet<string>();
        foreach (var brand in DemoSite.Brands)
        {
            await using var visit = await chromium.Visit(demo.Site, $"{brand}.localhost");
            await visit.Go("/");
            colours.Add(await visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).fontFamily"));
        }

        Assert.Equal(DemoSite.Brands.Length, colours.Count);
    }
}
