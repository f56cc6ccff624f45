using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;
using TradeSense.Modules.Notifications;
using TradeSense.Tests.Fixture;
using TradeSense.Web.Theming;

namespace TradeSense.Tests.Notifications;

/// <summary>An e-mail looks like the brand it is from, and leads to it.</summary>
public sealed class MailLookTests(Site site)
{
    [Theory]
    [InlineData("midnight")]
    [InlineData("daylight")]
    [InlineData("harbour")]
    public async Task Each_theme_dresses_its_mails_in_its_own_colours_with_its_logo_inside(string theme)
    {
        await using var firm = await TestFirm.Create(site, file => (file["theme"], file["themeOverrides"]) = (theme, new JsonObject()));
        var store = site.Services.GetRequiredService<ThemeStore>();
        var look = store.For(firm.Tenant);

        var mail = await Told(firm);

        Assert.Contains($"bgcolor=\"{look.Tokens[$"{look.DefaultScheme}.primary"]}\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"color:{look.Tokens[$"{look.DefaultScheme}.on-primary"]}", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("src=\"cid:logo\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.NotNull(store.Find(theme)!.Mask);
    }

    [Fact]
    public async Task A_brands_own_colour_is_worn_and_words_are_never_markup()
    {
        await using var firm = await TestFirm.Create(site, file => (file["theme"], file["themeOverrides"]) = ("midnight", new JsonObject { ["dark.primary"] = "#00FFAA", ["dark.on-primary"] = "#001100" }));

        var mail = await Told(firm, "<b>5 < 6</b>");

        Assert.Contains("#00FFAA", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;5 &lt; 6&lt;/b&gt;", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_action_is_a_button_to_the_brands_own_host_and_stands_in_the_plain_text_too()
    {
        await using var firm = await TestFirm.Create(site);

        var mail = await Told(firm);

        var link = $"http://{firm.Host}:5080/trader/payouts/7";
        Assert.Contains($"<a href=\"{link}\"", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains($"See the payout: {link}", mail.TextBody, StringComparison.Ordinal);
        Assert.Single(mail.HtmlBody.Split("<a ")[1..]);
    }

    [Fact]
    public async Task A_brand_on_the_internet_is_linked_over_TLS()
    {
        await using var firm = await TestFirm.Create(site);

        var look = BrandMail.LookOf(firm.Tenant with { Hosts = ["trade.example"] }, site.Services.GetRequiredService<ThemeStore>(), "http://*:8080");

        Assert.Equal("https://trade.example/", look.Site.ToString());
    }

    [Fact]
    public void A_logo_is_coloured_by_its_palette_and_stays_a_whole_picture()
    {
        var mask = site.Services.GetRequiredService<ThemeStore>().Find("harbour")!.Mask!;

        var (red, again) = (mask.In("#FF0000"), mask.In("#FF0000"));

        Assert.Equal(red, again);
        var palette = red.AsSpan().IndexOf("PLTE"u8);
        Assert.Equal((byte[])[0xFF, 0, 0, 0xFF, 0, 0], red[(palette + 4)..(palette + 10)]);
        // Another colour has another checksum: without it picture programs refuse the file.
        Assert.NotEqual(red[(palette + 4 + 768)..(palette + 8 + 768)], mask.In("#FF0001")[(palette + 4 + 768)..(palette + 8 + 768)]);
    }

    private static async Task<Mail> Told(TestFirm firm, string words = "The money is on its way.")
    {
        var trader = await firm.Trader();
        await firm.Run(services => services.GetRequiredService<NotifyUser>().Run(new(trader.Id, trader.Email, "payout.approved", "Your payout is approved", words, "/trader/payouts/7"), default));
        return await firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<Mail>().Where(mail => mail.Subject == "Your payout is approved").SingleAsync());
    }
}
