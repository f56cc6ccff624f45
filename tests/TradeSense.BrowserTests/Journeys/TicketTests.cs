using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>What the terminal answers to what people type, press and touch, and to a line that breaks.</summary>
public sealed class TicketTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    [Theory]
    [InlineData("0,10", "with a point before the decimals")]
    [InlineData("0.001", "Enter lots from 0.01 to 100 in steps of 0.01")]
    [InlineData("", "Enter lots from 0.01")]
    [InlineData("99", "free margin does not cover")]
    public async Task Lots_that_cannot_be_traded_are_refused_in_words_beside_the_ticket(string lots, string words)
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        var account = await visit.Buy("sprint");
        await still.Price("BTCUSD", 100_000m);
        await visit.Go($"/trader/terminal/{account}?symbol=BTCUSD");

        await visit.Send(lots);

        await visit.Sees("#ticket [role=alert]", words);
        Assert.Equal(lots, await visit.Page.InputValueAsync("#ticket [name='Lots']"));
        Assert.Equal(0, await visit.Page.Locator("[data-position]").CountAsync());
    }

    [Fact]
    public async Task A_stop_on_the_wrong_side_is_refused_and_a_closed_market_says_when_it_opens()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        var account = await visit.Buy("sprint");
        await still.Price("BTCUSD", 100_000m);
        await visit.Go($"/trader/terminal/{account}?symbol=BTCUSD");

        await visit.Page.FillAsync("#ticket [name='StopLoss']", "150000");
        await visit.Send("0.10");
        await visit.Sees("#ticket [role=alert]", "on the right side of the market");

        await visit.Page.FillAsync("#ticket [name='StopLoss']", "99000");
        await visit.Sees("#ticket-estimate", "−$100.00");
        await visit.Send("0.10");
        await visit.Sees("#ticket [role=status]", "filled at 100,000.00");
    }

    [Fact]
    public async Task Enter_in_a_field_trades_nothing()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        var account = await visit.Buy("sprint");
        await still.Price("BTCUSD", 100_000m);
        await visit.Go($"/trader/terminal/{account}?symbol=BTCUSD");

        await visit.Page.FocusAsync("#ticket [name='Lots']");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForTimeoutAsync(500);
        Assert.Equal(0, await visit.Page.Locator("[data-position]").CountAsync());
    }

    [Fact]
    public async Task A_part_of_a_position_is_closed_and_its_levels_are_moved_in_place()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        var account = await visit.Buy("sprint");
        await still.Price("BTCUSD", 100_000m);
        await visit.Go($"/trader/terminal/{account}?symbol=BTCUSD");
        await visit.Send("0.30");

        await visit.Page.ClickAsync("[data-position] a.btn");
        await visit.Page.FillAsync("#position-dialog [name='Form.TakeProfit']", "105000");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set levels" }).ClickAsync();
        await visit.Sees("[data-position]", "105,000.00");

        await visit.Page.ClickAsync("[data-position] a.btn");
        await visit.Page.FillAsync("#position-dialog [name='Form.Lots']", "0,1");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Close at the market" }).ClickAsync();
        await visit.Sees("#position-dialog .field__error", "with a point before the decimals");
        await visit.Page.FillAsync("#position-dialog [name='Form.Lots']", "0.1");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Close at the market" }).ClickAsync();

        await visit.Sees("#dock-note", "#1 0.1 BTCUSD closed at 100,000.00");
        await visit.Sees("[data-position]", "0.20");
    }

    [Fact]
    public async Task On_a_phone_the_ticket_is_a_sheet_and_nothing_hangs_over_the_edge()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader(), Screen.Phone, "dark");
        var account = await visit.Buy("sprint");
        await still.Price("BTCUSD", 100_000m);
        await visit.Go($"/trader/terminal/{account}?symbol=BTCUSD");
        await visit.MustFitItsWidth();
        await Assertions.Expect(visit.Page.Locator("#ticket [data-side='sell']")).ToBeHiddenAsync();

        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Trade BTCUSD" }).TapAsync();
        await visit.Send("0.10", "sell");
        await visit.Sees("#ticket [role=status]", "filled at");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Close the ticket" }).TapAsync();

        await visit.Sees("[data-position]", "Sell");
        await visit.CloseFirst();
        await visit.LooksRight("terminal-phone");
    }

    [Fact]
    public async Task A_lost_stream_says_so_and_goes_on_when_the_line_is_back()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        var account = await visit.Buy("sprint");
        await still.Price("BTCUSD", 100_000m);
        visit.Expect("Failed to fetch");
        await visit.Page.RouteAsync("**handler=Live**", route => route.AbortAsync());
        await visit.Go($"/trader/terminal/{account}?symbol=BTCUSD");
        await Assertions.Expect(visit.Page.Locator("#connection")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 20_000 });
        await visit.Send("0.10");

        await visit.Page.UnrouteAllAsync();

        await Assertions.Expect(visit.Page.Locator("#connection")).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 30_000 });
        await visit.Sees("[data-position]", "BTCUSD");
    }
}
