using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Tenancy;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Challenges.Models;

public sealed class ModelsSectionTests(Site site)
{
    [Fact]
    public async Task The_first_demo_brand_sells_the_Stellar_set_at_its_prices()
    {
        await using var firm = await TestFirm.Create(site);

        var offered = await firm.Run<OfferedModels, IReadOnlyList<OfferedModels.Offer>>(query => query.Read(default));

        Assert.Equal(["Stellar 1-Step", "Stellar 2-Step", "Stellar Lite"], offered.Select(offer => offer.Definition.Name));
        Assert.Equal([59m, 109m, 199m, 299m, 499m, 999m], offered[0].Definition.Sizes.Select(size => size.Price));
        Assert.Equal([49m, 99m, 179m, 249m, 449m, 899m], offered[1].Definition.Sizes.Select(size => size.Price));
        Assert.Equal([39m, 69m, 149m, 249m, 399m, 799m], offered[2].Definition.Sizes.Select(size => size.Price));
        Assert.Equal([(10m, 2)], offered[0].Definition.Phases.Select(phase => (phase.ProfitTarget!.Value.Value, phase.MinimumTradingDays)));
        Assert.Equal([(8m, 5), (5m, 5)], offered[1].Definition.Phases.Select(phase => (phase.ProfitTarget!.Value.Value, phase.MinimumTradingDays)));
        Assert.Equal([(8m, 5), (4m, 5)], offered[2].Definition.Phases.Select(phase => (phase.ProfitTarget!.Value.Value, phase.MinimumTradingDays)));
        Assert.Equal([30, 100, 100], offered.Select(offer => offer.Definition.Trading.Leverage));
        Assert.Equal([(5, 5), (21, 14), (21, 14)], offered.Select(offer => (offer.Definition.Payout.FirstAfterDays, offer.Definition.Payout.CycleDays)));
        Assert.Equal([10m, 10m, 5m], offered.Select(offer => offer.Definition.ResetDiscount.Value));
        Assert.All(offered, offer => Assert.Equal(80m, offer.Definition.Payout.Split.Value));
    }

    [Fact]
    public async Task Applying_the_same_file_again_publishes_nothing()
    {
        await using var firm = await TestFirm.Create(site);
        var before = await Versions(firm);

        var section = await Export(firm);
        await firm.Run(async services => await Section(services).Apply(System.Text.Json.JsonSerializer.SerializeToElement(section), default));

        Assert.Equal(before, await Versions(firm));
    }

    [Theory]
    [InlineData("phases[0].profitTarget", "-1", "models[0].phases[0].profitTarget")]
    [InlineData("phases[0].profitTarget", "8,0", "models[0].phases[0].profitTarget")]
    [InlineData("payout.split", "101", "models[0].payout.split")]
    [InlineData("sizes[0].price", "-5", "models[0].sizes[0].price")]
    [InlineData("sizes[1].balance", "5000", "models[0].sizes[1].balance")]
    [InlineData("dailyLoss.percent", "7", "models[0].phases[0].dailyLoss.percent")]
    [InlineData("colour", "blue", "models[0].colour")]
    public async Task A_wrong_field_is_named_with_its_path_and_line_and_nothing_is_created(string field, string value, string path)
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "tenants.example.json"), TestContext.Current.CancellationToken))!;
        var brand = file["tenants"]![0]!.DeepClone().AsObject();
        (brand["slug"], brand["hosts"], brand["people"]) = ("wrong-model", new JsonArray("wrong-model.test"), new JsonArray());
        Set(brand["models"]![0]!, field, value);
        var json = new JsonObject { ["tenants"] = new JsonArray(brand) }.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });

        var problems = await site.Services.GetRequiredService<LoadTenants>().Run(json, TestContext.Current.CancellationToken);

        var problem = problems.First(found => found.Path == "tenants[0]." + path);
        var line = json.Split('\n')[problem.Line - 1];
        if (value is not "7") Assert.Contains($"\"{value}\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Services.GetRequiredService<TenantDirectory>().All, tenant => tenant.Slug == "wrong-model");
    }

    private static void Set(JsonNode node, string path, string value)
    {
        var parts = path.Split('.');
        foreach (var part in parts[..^1]) node = Step(node, part);
        node[parts[^1]] = value;
    }

    private static JsonNode Step(JsonNode node, string part) =>
        part.EndsWith(']') ? node[part[..part.IndexOf('[', StringComparison.Ordinal)]]![int.Parse(part[(part.IndexOf('[', StringComparison.Ordinal) + 1)..^1], System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!;

    private static ITenantSection Section(IServiceProvider services) => services.GetServices<ITenantSection>().Single(section => section.Name == "models");

    private static Task<JsonNode?> Export(TestFirm firm) => firm.Run(services => Section(services).Export(default));

    private async Task<long> Versions(TestFirm firm) => (long)(await site.Audit("select count(*) from model_versions where tenant_id = $1", firm.Tenant.Id))[0][0]!;
}
