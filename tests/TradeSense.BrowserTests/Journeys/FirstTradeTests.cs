using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>From a stranger to a trade in the history, with prices that move by themselves.</summary>
public sealed class FirstTradeTests(Chromium chromium, DemoSite demo)
{
    [Fact]
    public async Task A_stranger_registers_buys_a_challenge_and_trades_it()
    {
        await using var visit = await chromium.Visit(demo.Site, "meridian.localhost", Screen.Desktop, "dark");
        await visit.SignUp("anna" + Guid.CreateVersion7().ToString("N")[^8..]);
        await visit.Order("stellar-2-step");
        await visit.PayWith(TraderSteps.GoodCard);
        var account = await visit.OpenAccount();
        await visit.Sees("#objectives", "Room today");
        await visit.Sees("#objectives", "$500.00");
        await visit.LooksRight("meridian-account-new");

        await visit.Go($"/trader/terminal/{account}?symbol=BTCUSD");
        await visit.Send("0.10");
        await visit.Sees("#ticket", "#1 Buy 0.1 BTCUSD filled at");
        var profit = visit.Page.Locator("[data-position] .profit");
        var before = await profit.InnerTextAsync();
        await Assertions.Expect(profit).Not.ToHaveTextAsync(before, new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 });

        await visit.CloseFirst();
        await visit.Sees("#position-table", "No open position");
        await visit.Page.ClickAsync("#tab-history");
        await visit.Sees("#terminal-trades", "BTCUSD");
        await visit.LooksRight("meridian-terminal");

        await visit.Go($"/trader/accounts/{account}");
        await visit.Sees("#trade-table", "BTCUSD");
        await visit.Sees("#objectives", "1 of 5");
        await visit.LooksRight("meridian-account-traded");
    }
}
