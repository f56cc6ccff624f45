using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Tests.Challenges;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Web;

/// <summary>The calculators without any script: forms and pages.</summary>
public sealed class CalculatorPagesTests(Site site)
{
    [Fact]
    public async Task Each_calculator_answers_at_once_and_again_after_its_form_was_sent()
    {
        await using var firm = await TestFirm.Create(site);
        Prices();
        var visitor = firm.Client();

        foreach (var kind in new[] { "position-size", "pip-value", "margin", "profit" })
        {
            var page = (await visitor.Get($"/calculators/{kind}?symbol=NZDUSD")).Ok();
            Assert.True(page.Has("#calculator-answer .calculator__figure"), kind);
            var again = await page.Form("#calculator form").Submit(kind is "position-size" ? new { Risk = "1" } : null);
            Assert.True(again.Ok().Has("#calculator-answer .calculator__figure"), kind);
        }

        (await visitor.Get("/calculators/roulette")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_prices_of_another_symbol_are_offered_anew()
    {
        await using var firm = await TestFirm.Create(site);
        Prices();
        var page = (await firm.Client().Get("/calculators/profit?symbol=NZDUSD")).Ok();

        var wrong = await page.Form("#calculator form").Submit(new { Lots = "0,5" });
        Assert.Contains("with a point before the decimals", wrong.TextOf("#calculator-Lots-error"), StringComparison.Ordinal);
        Assert.Equal("0,5", wrong.One("#calculator-Lots").GetAttribute("value"));
        Assert.False(wrong.Has("#calculator-answer .calculator__figure"));

        var other = await page.Form("#calculator form").Submit(new { Symbol = "NZDUSD", Entry = "0.60000", Exit = "0.60100" });
        Assert.Contains("10.0 pips", other.TextOf("#calculator-answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_drawdown_calculator_reckons_with_the_brands_own_plan()
    {
        await using var firm = await TestFirm.Create(site);
        await firm.Sell(SampleModel.Make("Steady"));
        var page = (await firm.Client().Get("/calculators/drawdown")).Ok();
        var slug = page.All("#calculator-Model option").Single(option => option.TextContent == "Steady").GetAttribute("value");
        page = await page.Form("#calculator form").Submit(new { Model = slug, Size = "100000" });

        page = await page.Form("#calculator form").Submit(new { DayBalance = "104000", NowEquity = "99500" });

        Assert.Contains("$500.00", page.TextOf("#calculator-answer .calculator__figure"), StringComparison.Ordinal);
        Assert.Contains("$99,000.00", page.TextOf("#calculator-today"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_traders_calculator_is_for_an_account_of_that_trader_only()
    {
        await using var firm = await TestFirm.Create(site);
        Prices();
        var (anna, boris) = (await firm.Trader("anna"), await firm.Trader("boris"));
        var challenge = await firm.Challenge(anna, await firm.Buy(anna, await firm.Sell(SampleModel.Make())));
        var path = $"/trader/terminal/{challenge.Account!.AccountId}/calculator/margin?symbol=NZDUSD";

        var page = (await anna.Browser.Get(path)).Ok();

        Assert.False(page.Has("#calculator-Leverage"));
        Assert.Contains("lots=1", page.One("[data-use-lots]").GetAttribute("href"), StringComparison.Ordinal);
        (await boris.Browser.Get(path)).Is(HttpStatusCode.NotFound);
    }

    /// <summary>A symbol that no other test of the shared site looks at.</summary>
    private void Prices() => site.Services.GetRequiredService<LatestQuotes>().Put(new Quote(TimeProvider.System.GetUtcNow(), "NZDUSD", new Price(0.60000m), new Price(0.60010m)));
}
