using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Security;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Tests.Web;

public sealed class TagHelperTests
{
    [Theory]
    [InlineData(120, "profit--up", "profit +$120.00")]
    [InlineData(-0.01, "profit--down", "loss −$0.01")]
    [InlineData(0, "profit--flat", "$0.00")]
    public async Task Profit_is_told_by_word_sign_and_arrow_never_by_colour_alone(decimal amount, string css, string text)
    {
        var profit = await Render(services => new ProfitTagHelper(services.GetRequiredService<TenantFormat>(), services.GetRequiredService<IconSet>()) { Value = new Money(amount, Currency.Usd) });

        Assert.Contains(css, profit.ClassList);
        Assert.Equal(text, profit.TextContent);
        Assert.Equal(amount != 0, profit.QuerySelector("svg[aria-hidden]") is not null);
    }

    [Fact]
    public async Task Missing_money_is_a_dash() =>
        Assert.Equal("–", (await Render(services => new MoneyTagHelper(services.GetRequiredService<TenantFormat>()))).TextContent);

    [Theory]
    [InlineData(1.08432, 5, 4, "1.08", "43", "2")]
    [InlineData(151.204, 3, 2, "151.", "20", "4")]
    [InlineData(2412.10, 2, 2, "2,412.", "10", null)]
    public async Task The_pip_digits_of_a_price_stand_out(decimal value, int digits, int pip, string head, string pips, string? tail)
    {
        var price = await Render(services => new PriceTagHelper(services.GetRequiredService<TenantFormat>()) { Value = new Price(value), Digits = digits, Pip = pip });

        Assert.Equal(head + pips + tail, price.TextContent);
        Assert.Equal(pips, price.QuerySelector("b")!.TextContent);
        Assert.Equal(tail, price.QuerySelector("small")?.TextContent);
    }

    [Theory]
    [InlineData("PendingKyc", "Pending KYC", "status-pill--wait")]
    [InlineData("Breached", "Breached", "status-pill--bad")]
    [InlineData("charged_back", "Charged back", "status-pill--plain")]
    public async Task A_state_is_a_word_with_a_tone(string state, string words, string css)
    {
        var pill = await Render(_ => new StatusPillTagHelper { State = state, Tone = "", Label = "" });

        Assert.Equal(words, pill.TextContent);
        Assert.Contains(css, pill.ClassList);
    }

    [Theory]
    [InlineData("room", 0.6, "meter-line--room", "60.0")]
    [InlineData("room", 0.19, "meter-line--near", "19.0")]
    [InlineData("room", 0.04, "meter-line--danger", "4.0")]
    [InlineData("room", -1, "meter-line--gone", "0")]
    [InlineData("goal", 1.7, "meter-line--reached", "100")]
    public async Task A_meter_says_how_near_the_end_is_and_needs_no_inline_style(string tone, decimal share, string css, string now)
    {
        var meter = await Render(_ => new MeterLineTagHelper { Label = "Room <today>", Share = share, Tone = tone });

        Assert.Contains(css, meter.ClassList);
        var bar = meter.QuerySelector("[role=meter]")!;
        Assert.Equal("Room <today>", bar.GetAttribute("aria-label"));
        Assert.Equal(decimal.Parse(now, System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(bar.GetAttribute("aria-valuenow")!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.DoesNotContain("style=", meter.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pager_keeps_the_search_and_ends_at_the_last_page()
    {
        var pager = await Render(services => new PagerTagHelper(services.GetRequiredService<IconSet>()) { Page = 9, Pages = 9, ViewContext = View("?q=a%26b&p=9") });

        var link = Assert.Single(pager.QuerySelectorAll("a"));
        Assert.Equal("?q=a%26b&p=8", link.GetAttribute("href"));
    }

    [Fact]
    public async Task Words_of_a_dialog_cannot_break_out_of_it()
    {
        var dialog = await Render(_ => new ConfirmDialogTagHelper { Id = "x", Title = "<script>", OpenLabel = "\"onclick", ConfirmLabel = "Go", Tone = "danger" });

        Assert.Null(dialog.QuerySelector("script"));
        Assert.Equal("\"onclick", dialog.QuerySelector("button[commandfor=x]")!.TextContent);
        Assert.Equal("submit", dialog.QuerySelector(".confirm__buttons button:last-child")!.GetAttribute("type"));
    }

    [Fact]
    public async Task An_instant_tells_machines_and_people_the_same_moment()
    {
        var time = await Render(services => new TimeAtTagHelper(services.GetRequiredService<TenantFormat>()) { Value = new DateTimeOffset(2026, 11, 21, 14, 2, 31, TimeSpan.FromHours(1)) });

        Assert.Equal("2026-11-21T13:02:31.000Z", time.GetAttribute("datetime"));
        Assert.Equal("21 Nov 2026, 13:02:31 UTC", time.GetAttribute("title"));
    }

    private static ViewContext View(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return new ViewContext { HttpContext = context };
    }

    private static async Task<IElement> Render(Func<IServiceProvider, TagHelper> make)
    {
        await using var site = await TestSite.Start();
        using var scope = site.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(TestSite.Brand("meridian", "midnight", "en-US", Currency.Usd));
        var output = new TagHelperOutput("x", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        await make(scope.ServiceProvider).ProcessAsync(new TagHelperContext([], new Dictionary<object, object>(), "x"), output);
        await using var writer = new StringWriter();
        output.WriteTo(writer, HtmlEncoder.Default);
        var body = new HtmlParser().ParseDocument(writer.ToString()).Body!;
        return body.ChildElementCount == 1 ? body.FirstElementChild! : body;
    }
}
