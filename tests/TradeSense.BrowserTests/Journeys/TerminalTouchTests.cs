using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>The terminal under one thumb, 390 pixels wide.</summary>
public sealed class TerminalTouchTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    [Fact]
    public async Task The_symbol_is_chosen_from_a_sheet_at_the_thumb()
    {
        await using var seat = await TerminalSeat.Open(chromium, still, Screen.Phone, "dark");
        var visit = seat.Visit;
        var page = visit.Page;

        await page.TapAsync(".terminal__symbol");
        var row = page.Locator("a[data-quote='BTCUSD']");
        var box = (await row.BoundingBoxAsync())!;
        Assert.True(box.Y > 300 && box.Y + box.Height < 844 && box.Height >= 44, $"The row stands at {box.Y}, {box.Height} high.");
        await visit.LooksRight("terminal-phone-symbols");
        await row.TapAsync();

        await visit.Sees(".terminal__symbol", "BTCUSD");
        await Assertions.Expect(page.Locator("#ticket")).ToHaveAttributeAsync("data-symbol", "BTCUSD");
        await Assertions.Expect(page.Locator("[data-watch-toggle]").First).ToHaveAttributeAsync("aria-expanded", "false");

        await page.TapAsync(".chart-bar__choose");
        await page.TapAsync("[data-sheet-toggle]");
        Assert.Equal(("closed", "open"), (await page.GetAttributeAsync("#terminal", "data-watch"), await page.GetAttributeAsync("#terminal", "data-sheet")));
    }

    [Fact]
    public async Task One_click_shows_all_that_a_tap_would_send()
    {
        await using var seat = await TerminalSeat.Open(chromium, still, Screen.Phone, "light");
        var visit = seat.Visit;
        var page = visit.Page;

        await page.CheckAsync("#one-click-on", new PageCheckOptions { Force = true });
        await page.FillAsync("[data-way='stopPips']", "100");
        await page.FillAsync("[data-way='targetPips']", "200");
        await page.Locator("[data-way='targetPips']").BlurAsync();
        await visit.LooksRight("terminal-phone-one-click");
        await page.TapAsync("[data-deal='Buy']");

        await visit.Sees("[data-position]", "3,900.00");
        await visit.Sees("[data-position]", "4,200.00");
    }

    [Fact]
    public async Task Charts_beside_each_other_are_looked_at_one_by_one_and_a_stop_is_dragged_by_a_finger()
    {
        await using var seat = await TerminalSeat.Open(chromium, still, Screen.Phone, "dark");
        var visit = seat.Visit;
        var page = visit.Page;
        await page.EvaluateAsync("async () => { const { arrange, snapshot } = await import('/js/terminal/grid.js'); arrange({ ...snapshot(), layout: '2', charts: [snapshot().charts[0], { symbol: 'BTCUSD', period: 'H1' }] }); }");

        await page.Locator(".charts-switch__chart").Nth(1).TapAsync();
        await visit.Sees(".terminal__symbol", "BTCUSD");
        await visit.LooksRight("terminal-phone-charts");
        await page.Locator(".charts-switch__chart").Nth(0).TapAsync();
        await visit.Sees(".terminal__symbol", "ETHUSD");

        await visit.Deal(new { Type = "market", LevelsBy = "price", StopLoss = "3997" });
        await visit.Sees("[data-position]", "3,997.00");
        var (x, y) = await visit.Line("SL");
        var fingers = await page.Context.NewCDPSessionAsync(page);
        await Touch(fingers, "touchStart", x, y);
        for (var i = 1; i <= 5; i++) await Touch(fingers, "touchMove", x, y + (5 * i));
        await Touch(fingers, "touchEnd", x, y + 25);

        await Assertions.Expect(page.Locator("[data-position]")).Not.ToHaveAttributeAsync("data-stop", "3997");
    }

    private static Task Touch(ICDPSession fingers, string type, float x, float y) => fingers.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
    {
        ["type"] = type, ["touchPoints"] = type == "touchEnd" ? Array.Empty<object>() : [new Dictionary<string, object> { ["x"] = x, ["y"] = y }],
    });
}
