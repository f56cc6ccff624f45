using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>The terminal's lists and keys: searching, sorting, acting on several, and trading without a mouse.</summary>
public sealed class TerminalDeskTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    [Fact]
    public async Task Lists_are_searched_and_sorted_and_only_what_is_chosen_and_seen_is_acted_on()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var (visit, page) = (seat.Visit, seat.Visit.Page);
        await page.FillAsync("#watch-search", "btc");
        await Assertions.Expect(page.Locator("#watch-list > li:visible")).ToHaveCountAsync(1);
        await page.FillAsync("#watch-search", "zzz");
        await Assertions.Expect(page.Locator("#watch-none")).ToBeVisibleAsync();
        await page.FillAsync("#watch-search", "");

        await visit.Deal(new { Type = "market", Lots = "0.01" });
        await visit.Deal(new { Type = "market", Lots = "0.30", Side = "Sell" });
        await visit.Deal(new { Type = "market", Lots = "0.20", TrailingDistance = "50", BreakevenTrigger = "80", LevelsBy = "price", StopLoss = "3900" });
        await Assertions.Expect(page.Locator("[data-position]")).ToHaveCountAsync(3);
        await visit.Sees("[data-position='3'] .guards", "trails by 50.00");
        await visit.Sees("[data-position='3'] .guards", "breakeven after 80.00");
        await page.ClickAsync("#position-table .sort-head:has-text('Lots')");
        Assert.Equal(["1", "3", "2"], await Numbers(page));
        await page.ClickAsync("#position-table .sort-head:has-text('Lots')");
        Assert.Equal(["2", "3", "1"], await Numbers(page));

        foreach (var number in new[] { 1, 2, 3 }) await page.CheckAsync($"[data-position='{number}'] .dock__pick");
        await page.FillAsync("#dock-filter", "buy");
        await visit.Sees("[data-close-chosen='50']", "2");
        await page.ClickAsync("[data-close-chosen='50']");

        await visit.Sees("#toasts .toast-note:last-child", "1 position closed in part. 1 of the smallest size stays as it is.");
        await visit.Sees("[data-position='3']", "0.10");
        Assert.Equal(("0.01", "0.3"), (await page.GetAttributeAsync("[data-position='1']", "data-lots"), await page.GetAttributeAsync("[data-position='2']", "data-lots")));
        await page.ClickAsync("[data-close-chosen='100']");
        await Assertions.Expect(page.Locator("[data-position]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[data-position='2']")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Keys_are_changed_refused_when_taken_and_close_cancel_and_trade_without_a_mouse()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var (visit, page, keys) = (seat.Visit, seat.Visit.Page, seat.Visit.Page.Keyboard);
        await visit.Deal(new { Type = "market" });
        await visit.Deal(new { Type = "market" });
        await visit.Deal(new { Type = "limit", Price = "3800" });
        await Assertions.Expect(page.Locator("[data-position]")).ToHaveCountAsync(2);

        await keys.PressAsync("?");
        await page.FocusAsync("#ways-keys-on");
        await keys.PressAsync("Space");
        await page.FocusAsync("[aria-label='Key for: Buy']");
        await keys.PressAsync("x");
        await visit.Sees("#ways-error", "X already does this: Cancel all orders of this symbol");
        await keys.PressAsync("g");
        await Assertions.Expect(page.Locator("[aria-label='Key for: Buy']")).ToHaveValueAsync("G");
        await keys.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#ways-dialog")).ToBeHiddenAsync();

        await keys.PressAsync("b");
        Assert.Equal(0, await page.Locator("#ticket [data-side='buy']:focus").CountAsync());
        await keys.PressAsync("g");
        await Assertions.Expect(page.Locator("#ticket [data-side='buy']")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-position]")).ToHaveCountAsync(3);
        await page.EvaluateAsync("() => document.activeElement.blur()");
        await keys.PressAsync("c");
        await Assertions.Expect(page.Locator("[data-position]")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-position='3']")).ToHaveCountAsync(0);
        await keys.PressAsync("x");
        await Assertions.Expect(page.Locator("[data-order]")).ToHaveCountAsync(0);

        // With one-click off what ends everything asks first.
        await keys.PressAsync("Shift+C");
        await page.Locator("#close-all").WaitForAsync();
        await keys.PressAsync("Escape");
        Assert.Equal(2, await page.Locator("[data-position]").CountAsync());
        await keys.PressAsync("Shift+C");
        await page.ClickAsync("#close-all [type=submit]");
        await Assertions.Expect(page.Locator("[data-position]")).ToHaveCountAsync(0);
    }

    private static Task<string[]> Numbers(IPage page) => page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-position]')].map(row => row.dataset.position)");
}
