using System.Text.Json;
using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>The terminal as a trader works with it: lines that are dragged, layouts that stay, keys, one-click, and orders that wait.</summary>
public sealed class TerminalTests(Chromium chromium, StillSite still, DemoSite demo) : IClassFixture<StillSite>
{
    private const string Symbol = "ETHUSD";

    [Fact]
    public async Task A_stop_is_moved_by_dragging_its_line_and_goes_back_when_the_desk_refuses()
    {
        await using var visit = await chromium.Visit(demo.Site, "meridian.localhost");
        var page = await OpenLive(visit);
        await page.CheckAsync("[name='LevelsBy'][value='pips']", new PageCheckOptions { Force = true });
        await page.FillAsync("#ticket [name='StopLoss']", "100");
        await visit.Send("0.10");
        await visit.Sees("[data-position]", "BTCUSD");
        var before = await page.GetAttributeAsync("[data-position]", "data-stop");

        var line = await StopLine(visit);
        await Drag(visit, line, line.GetProperty("y").GetSingle() + 15);
        await Assertions.Expect(page.Locator("[data-position]")).Not.ToHaveAttributeAsync("data-stop", before!);
        var moved = await page.GetAttributeAsync("[data-position]", "data-stop");

        line = await StopLine(visit);
        await Drag(visit, line, line.GetProperty("top").GetSingle());
        await visit.Sees(".toast-note--bad", "on the right side of the market");
        Assert.Equal(moved, await page.GetAttributeAsync("[data-position]", "data-stop"));
    }

    [Fact]
    public async Task Layouts_indicators_and_drawings_are_there_again_on_the_next_visit()
    {
        await using var firm = await still.Firm();
        var trader = await firm.Trader();
        await using var visit = await chromium.Visit(trader);
        var page = await Open(visit);
        await page.ClickAsync("summary[aria-label='Layout']");
        await page.ClickAsync("[data-layout-choice='2x2']");
        await Assertions.Expect(page.Locator(".cell")).ToHaveCountAsync(4);
        await page.Locator(".cell").Nth(1).Locator("select").First.SelectOptionAsync("BTCUSD");
        await page.ClickAsync("[data-studies]");
        await page.ClickAsync(".study__offer:has-text('Bollinger')");
        await page.ClickAsync("#studies-dialog [data-closes]");
        await page.ClickAsync("[data-saved]");
        await page.FillAsync("#save-layout [name='name']", "Four coins");
        await page.ClickAsync("#save-layout button");
        await visit.Sees("#saved-layouts", "Four coins");
        await page.WaitForTimeoutAsync(1_500);

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator(".cell")).ToHaveCountAsync(4);
        Assert.Equal("BTCUSD", await page.Locator(".cell").Nth(1).Locator("select").First.InputValueAsync());
        Assert.Equal(1, await page.EvaluateAsync<int>("async () => (await import('/js/terminal/grid.js')).grid.charts.flatMap(chart => chart.state.indicators).filter(study => study.name === 'BOLL').length"));
        await visit.LooksRight("terminal-four-charts");
    }

    [Fact]
    public async Task Keys_do_nothing_until_they_are_switched_on_and_one_click_acts_at_once()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        var page = await Open(visit);
        await page.Keyboard.PressAsync("b");
        Assert.Null(await page.EvaluateAsync<string?>("() => document.activeElement.dataset.side ?? null"));

        await page.Keyboard.PressAsync("?");
        await page.CheckAsync("#ways-keys-on");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#ways-dialog")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("b");
        Assert.Equal("buy", await page.EvaluateAsync<string>("() => document.activeElement.dataset.side"));

        await page.CheckAsync("#one-click-on", new PageCheckOptions { Force = true });
        await page.FillAsync("[data-way='stopPips']", "100");
        await page.Locator("[data-way='stopPips']").BlurAsync();
        await page.Keyboard.PressAsync("s");
        await visit.Sees("[data-position]", "Sell");
        await visit.Sees("[data-position]", "4,100.00");
        await page.ClickAsync("[data-deal='Buy']");
        await Assertions.Expect(page.Locator("[data-position]")).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("Shift+F");
        await Assertions.Expect(page.Locator("[data-position]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Waiting_orders_of_each_kind_are_placed_changed_and_cancelled()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        var page = await Open(visit);

        await page.CheckAsync("[name='Type'][value='limit']", new PageCheckOptions { Force = true });
        await visit.Send("0.10");
        await visit.Sees("#ticket .field__error", "Enter a price");
        await page.FillAsync("#ticket [name='Price']", "3800");
        await visit.Send("0.10");
        await visit.Sees("#ticket [role=status]", "Order 1: Buy 0.1 ETHUSD limit at 3,800.00 waits");

        await page.CheckAsync("[name='Type'][value='oco']", new PageCheckOptions { Force = true });
        await page.FillAsync("#ticket [name='Price']", "4200");
        await page.FillAsync("#ticket [name='OtherPrice']", "3700");
        await page.ClickAsync(".ticket__both");
        await page.ClickAsync("#tab-orders");
        await Assertions.Expect(page.Locator("[data-order]")).ToHaveCountAsync(3);

        await page.Locator("[data-order='1']").GetByRole(AriaRole.Link).ClickAsync();
        await page.FillAsync("#position-dialog [name='Form.Price']", "3750");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change the order" }).ClickAsync();
        await visit.Sees("[data-order='1']", "3,750.00");

        await page.Locator("[data-order='1'] .dock__pick").CheckAsync();
        await page.ClickAsync("[data-cancel-chosen]");
        await Assertions.Expect(page.Locator("[data-order]")).ToHaveCountAsync(2);
        await visit.LooksRight("terminal-orders");
    }

    [Fact]
    public async Task What_happened_while_the_line_was_broken_is_told_when_it_is_back()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        visit.Expect("Failed to fetch");
        await visit.Page.RouteAsync("**handler=Live**", route => route.AbortAsync());
        var page = await Open(visit);
        await visit.Send("0.10");
        Assert.Equal(0, await page.Locator(".toast-note").CountAsync());

        await page.UnrouteAllAsync();

        await visit.Sees("#toasts", "#1 Buy 0.1 ETHUSD filled at 4,000.00", seconds: 30);
        await visit.Sees("[data-position]", Symbol);
    }

    [Fact]
    public async Task The_ladder_says_that_its_depth_is_made_up_and_fills_the_ticket()
    {
        await using var visit = await chromium.Visit(demo.Site, "meridian.localhost");
        var page = await OpenLive(visit);

        await page.ClickAsync("[data-ladder-toggle]");
        await visit.Sees("#ladder", "Synthetic depth");
        await page.Locator(".ladder__row[data-side='bid'] [data-ladder='Buy']").Last.ClickAsync();

        Assert.True(await page.IsCheckedAsync("[name='Type'][value='limit']"));
        Assert.NotEqual("", await page.InputValueAsync("#ticket [name='Price']"));
        Assert.Equal(0, await page.Locator("[data-order]").CountAsync());
        await visit.LooksRight("terminal-ladder");

        // On a phone it stands between the chart and the dock; the ticket's sheet is up while something in it has the focus.
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await page.SetViewportSizeAsync(390, 844);
        Assert.True(await page.Locator("#ladder").IsVisibleAsync());
        await page.ClickAsync("[data-ladder-toggle]");
        Assert.False(await page.Locator("#ladder").IsVisibleAsync());
    }

    private async Task<IPage> Open(Visit visit)
    {
        var account = await visit.Buy("sprint");
        await still.Price(Symbol, 4_000m);
        await visit.Go($"/trader/terminal/{account}?symbol={Symbol}");
        await visit.Page.WaitForSelectorAsync("#terminal[data-charts='ready']");
        return visit.Page;
    }

    /// <summary>Where prices move by themselves: lines need candles around them, the ladder needs quotes.</summary>
    private static async Task<IPage> OpenLive(Visit visit)
    {
        await visit.SignUp("lines" + Guid.CreateVersion7().ToString("N")[^8..]);
        var account = await visit.Buy("stellar-2-step");
        await visit.Go($"/trader/terminal/{account}?symbol=BTCUSD");
        await visit.Page.WaitForSelectorAsync("#terminal[data-charts='ready']");
        return visit.Page;
    }

    /// <summary>The stop loss's line once it stands where the position's stop is, and the top of its chart.</summary>
    private static Task<JsonElement> StopLine(Visit visit) => visit.Page.EvaluateAsync<JsonElement>("""
        async () => {
          const { api, place } = (await import('/js/terminal/grid.js')).grid.active;
          const stop = () => Number(document.querySelector('[data-position]').dataset.stop);
          const line = () => api.getOverlays({ groupId: 'levels' }).find(overlay => overlay.extendData.text.startsWith('SL'));
          for (let i = 0; i < 100 && line()?.points[0].value !== stop(); i++) await new Promise(done => setTimeout(done, 100));
          const box = place.getBoundingClientRect();
          return { x: box.x + box.width / 2, y: box.y + api.convertToPixel([{ value: stop() }], { paneId: 'candle_pane', absolute: true })[0].y, top: box.y + 45 };
        }
        """);

    private static async Task Drag(Visit visit, JsonElement line, float to)
    {
        var mouse = visit.Page.Mouse;
        await mouse.MoveAsync(line.GetProperty("x").GetSingle(), line.GetProperty("y").GetSingle());
        await mouse.DownAsync();
        await mouse.MoveAsync(line.GetProperty("x").GetSingle(), to, new MouseMoveOptions { Steps = 6 });
        await visit.Page.RunAndWaitForResponseAsync(() => mouse.UpAsync(), response => response.Request.Method == "POST" && response.Url.Contains("/positions/", StringComparison.Ordinal));
    }
}
