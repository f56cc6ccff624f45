using System.Net;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Challenges.Pages;

public sealed class PricingTests(Site site)
{
    [Fact]
    public async Task Every_model_and_size_stands_with_its_price()
    {
        await using var firm = await TestFirm.Create(site);

        var page = (await firm.Client().Get("/pricing")).Ok();

        Assert.Equal(["Stellar 1-Step", "Stellar 2-Step", "Stellar Lite"], page.All(".price-table__model").Select(cell => Page.Tidy(cell.TextContent)));
        Assert.Equal(18, page.All(".price-table__price").Count);
        Assert.StartsWith("$999 ", page.TextOf("a[href*='stellar-1-step'][href*='200000']"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_are_told_with_an_example_for_the_size_chosen_without_any_script()
    {
        await using var firm = await TestFirm.Create(site);

        var page = (await firm.Client().Get("/pricing?model=stellar-2-step&size=50000")).Ok();

        Assert.Contains("Stellar 2-Step, $50,000", page.TextOf("#rules-title"), StringComparison.Ordinal);
        Assert.Contains("Your balance is $51,000 at the start of the day: the floor is $48,500.", page.Text, StringComparison.Ordinal);
        Assert.Contains("At an equity of $48,499.99 the account ends.", page.Text, StringComparison.Ordinal);
        Assert.Contains("After 21 days", page.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_visitor_buys_by_way_of_registration_and_a_trader_goes_straight_to_the_checkout()
    {
        await using var firm = await TestFirm.Create(site);
        var offer = (await firm.Run<OfferedModels, IReadOnlyList<OfferedModels.Offer>>(models => models.Read(default)))[0];
        var checkout = $"/checkout?version={offer.VersionId}&size=100000";

        var visitor = (await firm.Client().Get("/pricing")).Ok().One(".price-board__button").GetAttribute("href");
        var trader = (await (await firm.Trader()).Browser.Get("/pricing")).Ok().One(".price-board__button").GetAttribute("href");

        Assert.Equal($"/account/register?returnUrl={Uri.EscapeDataString(checkout)}", visitor);
        Assert.Equal(checkout, trader);
    }

    [Theory]
    [InlineData("/pricing?model=none-such&size=1")]
    [InlineData("/pricing?size=-5")]
    [InlineData("/pricing?size=1e999")]
    [InlineData("/pricing?size=100.000,5")]
    [InlineData("/pricing?size=79228162514264337593543950335")]
    public async Task An_odd_address_shows_the_nearest_offer(string address)
    {
        await using var firm = await TestFirm.Create(site);

        Assert.Contains("Stellar 1-Step", (await firm.Client().Get(address)).Ok().TextOf("#rules-title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_model_is_not_sold_and_a_brand_without_models_says_so()
    {
        await using var firm = await TestFirm.Create(site);
        var offers = await firm.Run<OfferedModels, IReadOnlyList<OfferedModels.Offer>>(models => models.Read(default));
        await firm.Run<ChangeModelStatus, TradeSense.Modules.Result>(change => change.Run(offers[0].ModelId, ModelStatus.Retired, default));
        Assert.DoesNotContain("Stellar 1-Step", (await firm.Client().Get("/pricing")).Ok().Text, StringComparison.Ordinal);

        foreach (var offer in offers.Skip(1))
            await firm.Run<ChangeModelStatus, TradeSense.Modules.Result>(change => change.Run(offer.ModelId, ModelStatus.Retired, default));
        Assert.Contains("Nothing on offer", (await firm.Client().Get("/pricing")).Ok().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_demo_brand_tells_its_rules_in_its_own_figures()
    {
        var file = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tenants.example.json"), TestContext.Current.CancellationToken))!;
        foreach (var (index, expected) in new[] { (1, "100.000"), (2, "£100,000") })
        {
            var brand = file["tenants"]![index]!;
            await using var firm = await TestFirm.Create(site, target =>
            {
                foreach (var field in new[] { "culture", "currency", "tradingDay", "models" }) target[field] = brand[field]!.DeepClone();
            });

            var text = (await firm.Client().Get("/pricing")).Ok().Text;

            Assert.Contains(expected, text, StringComparison.Ordinal);
            Assert.Contains(index == 1 ? "end of a trading day" : "pauses trading until the next trading day", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_platform_has_no_prices()
    {
        await using var platform = await TestFirm.CreatePlatform(site);

        (await platform.Client().Get("/pricing")).Is(HttpStatusCode.NotFound);
    }
}
