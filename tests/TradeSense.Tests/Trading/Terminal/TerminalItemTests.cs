using TradeSense.Modules;
using TradeSense.Modules.Trading.Terminal;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Terminal;

/// <summary>What traders keep in the terminal is theirs alone, and small.</summary>
public sealed class TerminalItemTests(Site site)
{
    [Fact]
    public async Task A_layout_is_kept_replaced_and_thrown_away()
    {
        await using var firm = await TestFirm.Create(site);
        var anna = await firm.Trader("anna");

        await Save(firm, anna, "Layout", "Scalping", """{"charts":[{"symbol":"BTCUSD"}]}""");
        await Save(firm, anna, "Layout", "Scalping", """{"charts":[]}""");

        Assert.Equal(("Scalping", """{"charts": []}"""), Assert.Single(await Items(firm, anna)) switch { var row => (row.Name, row.Body) });
        await firm.Run<RemoveTerminalItem, Result>(use => use.Run(new(anna.Id, "Layout", "Scalping"), default));
        Assert.Empty(await Items(firm, anna));
    }

    [Fact]
    public async Task Another_trader_and_another_brand_see_none_of_it()
    {
        await using var firm = await TestFirm.Create(site);
        await using var other = await TestFirm.Create(site);
        var (anna, boris) = (await firm.Trader("anna"), await firm.Trader("boris"));
        await Save(firm, anna, "Drawings", "BTCUSD", """{"drawings":[]}""");

        await firm.Run<RemoveTerminalItem, Result>(use => use.Run(new(boris.Id, "Drawings", "BTCUSD"), default));

        Assert.Empty(await Items(firm, boris));
        Assert.Empty(await other.Run<TerminalItems, IReadOnlyList<TerminalItems.Row>>(query => query.Run(anna.Id, default)));
        Assert.Single(await Items(firm, anna));
    }

    [Theory]
    [InlineData("Layout", "", "{}", "terminal.invalid_name")]
    [InlineData("Layout", "a\nb", "{}", "terminal.invalid_name")]
    [InlineData("Secrets", "a", "{}", "terminal.unknown_kind")]
    [InlineData("1", "a", "{}", "terminal.unknown_kind")]
    [InlineData("Layout", "a", "[]", "terminal.invalid_body")]
    [InlineData("Layout", "a", "{", "terminal.invalid_body")]
    [InlineData("Layout", "a", """{"a":"\u0000"}""", "terminal.invalid_body")]
    public async Task What_cannot_be_kept_is_refused(string kind, string name, string body, string code)
    {
        await using var firm = await TestFirm.Create(site);

        Assert.Equal(code, (await Save(firm, await firm.Trader(), kind, name, body)).Refusal?.Code);
    }

    [Fact]
    public async Task Too_large_and_too_many_are_refused()
    {
        await using var firm = await TestFirm.Create(site);
        var anna = await firm.Trader("anna");

        var large = await Save(firm, anna, "Layout", "large", $$"""{"a":"{{new string('x', SaveTerminalItem.MostBytes)}}"}""");
        for (var i = 0; i < SaveTerminalItem.MostOfAKind; i++) await Save(firm, anna, "Layout", $"{i}", "{}");
        var many = await Save(firm, anna, "Layout", "one more", "{}");

        Assert.Equal(("terminal.too_large", "terminal.too_many"), (large.Refusal?.Code, many.Refusal?.Code));
        Assert.False((await Save(firm, anna, "Layout", "1", """{"a":1}""")).IsRefused);
    }

    private static Task<Result> Save(TestFirm firm, TestPerson person, string kind, string name, string body) =>
        firm.Run<SaveTerminalItem, Result>(use => use.Run(new(person.Id, kind, name, body), default));

    private static Task<IReadOnlyList<TerminalItems.Row>> Items(TestFirm firm, TestPerson person) =>
        firm.Run<TerminalItems, IReadOnlyList<TerminalItems.Row>>(query => query.Run(person.Id, default));
}
