using System.Net;
using TradeSense.Modules.Identity;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Firm;

public sealed class BrandPagesTests(Site site)
{
    [Fact]
    public async Task A_saved_look_is_live_at_once_on_the_public_site()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        Assert.DoesNotContain("#33CC99", await Stylesheet(firm), StringComparison.OrdinalIgnoreCase);

        var page = await (await owner.Browser.Get("/firm/theme")).Ok().Form("#look-form").Submit(new Dictionary<string, string?> { ["Form.Tokens[dark.accent]"] = "#33CC99" }, button: "Save the look");

        Assert.Contains("The new look is live", page.Ok().Text);
        Assert.Contains("1 of its values are your own", page.Text);
        Assert.Contains("#33CC99", await Stylesheet(firm), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_preview_shows_the_look_in_a_frame_and_saves_nothing()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);

        var page = await (await owner.Browser.Get("/firm/theme")).Form("#look-form").Submit(new Dictionary<string, string?> { ["Form.Tokens[dark.accent]"] = "#33CC99" }, button: "Preview");

        var frame = await owner.Browser.Get(page.Ok().One("iframe").GetAttribute("src")!);
        Assert.Contains("frame-ancestors 'self'", frame.Ok().Headers["Content-Security-Policy"]);
        Assert.Contains("frame-src 'self'", page.Headers["Content-Security-Policy"]);
        Assert.DoesNotContain("#33CC99", await Stylesheet(firm), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_look_nobody_can_read_is_refused_with_the_pair_and_its_contrast()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        var before = await Stylesheet(firm);

        var page = await (await owner.Browser.Get("/firm/theme")).Form("#look-form").Submit(new Dictionary<string, string?> { ["Form.Tokens[dark.text]"] = "#101010" }, button: "Save the look");

        Assert.Contains("text on background (dark scheme) has a contrast of", page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#verdict"));
        Assert.Equal(before, await Stylesheet(firm));
    }

    [Theory]
    [InlineData("Form.Tokens[dark.primary]", "red;} body{display:none")]
    [InlineData("Form.Tokens[dark.background-image]", "url(https://evil.example/x)")]
    [InlineData("Form.Tokens[radius]", "999")]
    [InlineData("Form.Theme", "../../etc")]
    public async Task A_value_the_editor_never_offers_reaches_no_style_sheet(string field, string value)
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        var before = await Stylesheet(firm);

        var page = await (await owner.Browser.Get("/firm/theme")).Form("#look-form").Tamper(field, value);

        Assert.True(page.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound, $"{(int)page.Status}");
        Assert.Equal(before, await Stylesheet(firm));
    }

    [Fact]
    public async Task The_firms_words_stand_on_its_pages_and_are_only_words()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);

        await (await owner.Browser.Get("/firm/theme")).Form("#words-form").Submit(new Dictionary<string, string?> { ["Form.Words[tagline]"] = "Trade <script>alert(1)</script> calmly" });

        var home = (await firm.Client().Get("/")).Ok();
        Assert.Contains("Trade <script>alert(1)</script> calmly", home.TextOf("h1"));
        Assert.DoesNotContain("<script>alert(1)", home.Source);
        Assert.Contains("words.saved", (await owner.Browser.Get("/firm/audit?search=words.saved")).Ok().TextOf("table"));
    }

    [Fact]
    public async Task A_wrong_support_address_is_refused_beside_its_field()
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);

        var page = await (await owner.Browser.Get("/firm/theme")).Form("#words-form").Submit(new Dictionary<string, string?> { ["Form.Words[supportEmail]"] = "not an address", ["Form.Words[tagline]"] = "Kept in the form" });

        Assert.Contains("e-mail address", page.Is(HttpStatusCode.UnprocessableEntity).TextOf("#word-supportEmail-error"));
        Assert.Equal("Kept in the form", page.One("#word-tagline").GetAttribute("value"));
    }

    private static async Task<string> Stylesheet(TestFirm firm) => (await firm.Client().Get("/theme.css")).Ok().Source;
}
