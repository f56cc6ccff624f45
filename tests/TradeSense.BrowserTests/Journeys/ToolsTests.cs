using Microsoft.Extensions.DependencyInjection;
using TradeSense.BrowserTests.Fixture;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>The terminal's calculator and price alerts, as traders use them: without leaving the charts.</summary>
public sealed class ToolsTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    private const int Patience = 45;

    [Fact]
    public async Task Lots_worked_out_for_the_stop_are_put_into_the_ticket()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        var account = await visit.Buy("sprint");
        await Price("BTCUSD", 100_000m);
        await visit.Go($"/trader/terminal/{account}?symbol=BTCUSD");

        await visit.Page.FillAsync("#ticket [name='StopLoss']", "99000");
        await visit.Page.ClickAsync("[data-calculator]");
        await visit.Sees("#calculator-answer", "Buy at most", Patience);
        await visit.Page.FillAsync("#calculator-Entry", "");
        await visit.Page.FillAsync("#calculator-Risk", "1");

        // 1 % of 10,000 are 100: a lot loses 1,000 at the stop.
        await visit.Sees(".calculator__figure", "0.10 lots", Patience);
        Assert.Equal("1", await visit.Page.InputValueAsync("#calculator-Risk"));
        await visit.Page.ClickAsync("[data-use-lots]");
        Assert.False(await visit.Page.IsVisibleAsync("#calculator-dialog"));
        Assert.Equal(("0.1", "99000"), (await visit.Page.InputValueAsync("#ticket [name='Lots']"), await visit.Page.InputValueAsync("#ticket [name='StopLoss']")));
    }

    [Fact]
    public async Task An_alert_set_in_the_terminal_is_told_there_when_the_price_comes()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        var account = await visit.Buy("sprint");
        await Price("ETHUSD", 3_000m);
        await visit.Go($"/trader/terminal/{account}?symbol=ETHUSD");

        await visit.Page.ClickAsync("[data-alert-for]");
        await visit.Sees("#alert-form", "ETHUSD bid", Patience);
        await visit.Page.FillAsync("#alert-form [name='Form.Wanted']", "2900");
        await visit.Page.ClickAsync("#alert-form button[type=submit]");
        await visit.Sees("#Form_Wanted-error", "stands at 3000", Patience);
        await visit.Page.FillAsync("#alert-form [name='Form.Wanted']", "3100");
        await visit.Page.ClickAsync("#alert-form button[type=submit]");
        await visit.Sees("#alert-form", "waits", Patience);
        await visit.Page.ClickAsync("[data-closes='alert-dialog']");

        // The watcher hears of it by itself; a quote before that is compared when it does.
        await Price("ETHUSD", 3_100.50m);

        await visit.Sees("#toasts", "ETHUSD is above 3,100.00: bid 3,100.50.", Patience);
        await visit.Go("/trader/notifications");
        await visit.Sees("main", "ETHUSD is above 3,100.00", Patience);
    }

    /// <summary>For the desk, and as the last quote that calculators and alerts look at.</summary>
    private async Task Price(string symbol, decimal price)
    {
        await still.Price(symbol, price);
        still.Site.Services.GetRequiredService<QuotePipeline>().Overhear(new Quote(TimeProvider.System.GetUtcNow(), symbol, new Price(price), new Price(price)));
    }
}
