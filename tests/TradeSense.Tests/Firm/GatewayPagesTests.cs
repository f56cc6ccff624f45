using System.Net;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Payments.Gateways;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Firm;

public sealed class GatewayPagesTests(Site site)
{
    [Fact]
    public async Task A_brand_without_any_gateway_switches_one_on_and_can_sell()
    {
        await using var firm = await TestFirm.Create(site, file => file.Remove("gateways"));
        var owner = await firm.Staff(Role.Owner);
        Assert.Contains("Nobody can buy", (await owner.Browser.Get("/firm/gateways")).Ok().Text);
        Assert.Null(await firm.Run<GatewayAccounts, string?>(accounts => accounts.Choose(default)));

        var form = (await owner.Browser.Get("/firm/gateways/sandbox")).Ok().Form("#gateway-form");
        var page = await form.Submit(new { IsEnabled = "true", FeePercent = "2.9", FeeFixed = "0.30" });

        Assert.DoesNotContain("Nobody can buy", page.Ok().Text);
        Assert.Equal("sandbox", await firm.Run<GatewayAccounts, string?>(accounts => accounts.Choose(default)));
        Assert.Contains("gateway.changed", (await owner.Browser.Get("/firm/audit")).Ok().Text);
    }

    [Theory]
    [InlineData("100", "0", "below 100")]
    [InlineData("1", "0.001", "whole minor units")]
    [InlineData("1,5", "0", "no commas")]
    public async Task A_fee_that_cannot_be_is_refused_beside_its_field_and_nothing_changes(string percent, string amount, string words)
    {
        await using var firm = await TestFirm.Create(site);
        var owner = await firm.Staff(Role.Owner);
        var before = (await firm.Run<GatewayList, IReadOnlyList<GatewayList.Row>>(list => list.Read(default)))[0];

        var answer = await (await owner.Browser.Get("/firm/gateways/sandbox")).Form("#gateway-form").Submit(new { IsEnabled = "true", FeePercent = percent, FeeFixed = amount });

        Assert.Contains(words, answer.Is(HttpStatusCode.UnprocessableEntity).TextOf(".field__error"));
        Assert.Equal(before, (await firm.Run<GatewayList, IReadOnlyList<GatewayList.Row>>(list => list.Read(default)))[0]);
    }

    [Fact]
    public async Task A_gateway_nobody_knows_is_not_there()
    {
        await using var firm = await TestFirm.Create(site);
        Assert.Equal(HttpStatusCode.NotFound, (await (await firm.Staff(Role.Owner)).Browser.Get("/firm/gateways/dream")).Status);
    }
}
