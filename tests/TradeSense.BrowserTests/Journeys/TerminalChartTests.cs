using System.Text.Json;
using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>The charts under a mouse: drawing, crosshairs, templates, lines that are dragged; and what the page weighs and how still it stands.</summary>
public sealed class TerminalChartTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    /// <summary>Compressed, without the chart library itself.</summary>
    private const int MostScript = 200 * 1024;

    private const string Drawings = "async () => (await import('/js/terminal/grid.js')).grid.active.api.getOverlays({ groupId: 'drawings' }).map(drawing => ({ name: drawing.name, points: drawing.points.length }))";

    [Fact]
    public async Task What_is_drawn_is_there_again_on_the_next_visit_and_a_sketch_is_small()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var (visit, page) = (seat.Visit, seat.Visit.Page);
        var chart = (await page.Locator(".chart").BoundingBoxAsync())!;
        var (x, y) = (chart.X + (chart.Width / 2), chart.Y + (chart.Height / 2));

        await Choose(page, "segment");
        await page.Mouse.ClickAsync(x - 80, y - 40);
        await page.Mouse.MoveAsync(x, y);
        // Two clicks within half a second are a double click to the chart library, wherever they are.
        await page.WaitForTimeoutAsync(700);
        await Saved(page, () => page.Mouse.ClickAsync(x + 80, y + 40));
        await Choose(page, "brush");
        await page.Mouse.MoveAsync(x - 150, y + 60);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + 150, y + 62, new MouseMoveOptions { Steps = 120 });
        var saved = await Saved(page, () => page.Mouse.UpAsync());
        Assert.True(saved.Length < 4_000, $"A line with the brush took {saved.Length} characters.");
        await page.ReloadAsync();

        await page.WaitForSelectorAsync("#terminal[data-charts='ready']");
        await visit.Holds("async () => (await import('/js/terminal/grid.js')).grid.active.api.getOverlays({ groupId: 'drawings' }).length === 2");
        var drawn = await page.EvaluateAsync<JsonElement>(Drawings);
        Assert.Equal("segment", drawn[0].GetProperty("name").GetString());
        Assert.InRange(drawn[1].GetProperty("points").GetInt32(), 2, 40);

        // Another symbol has drawings of its own: none, however quickly it is chosen and left again.
        await page.ClickAsync("a[data-quote='BTCUSD']");
        Assert.Equal(0, (await page.EvaluateAsync<JsonElement>(Drawings)).GetArrayLength());
        await page.ClickAsync("a[data-quote='ETHUSD']");
        await visit.Holds("async () => (await import('/js/terminal/grid.js')).grid.active.api.getOverlays({ groupId: 'drawings' }).length === 2");
    }

    [Fact]
    public async Task A_waiting_order_is_moved_by_its_line_and_close_lines_keep_their_words_apart()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var (visit, page) = (seat.Visit, seat.Visit.Page);
        await visit.Deal(new { Type = "limit", LevelsBy = "price", Price = "3998" });
        await page.ClickAsync("#tab-orders");
        await visit.Sees("[data-order]", "3,998.00");

        var (x, y) = await visit.Line("Limit Buy");
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x, y + 25, new MouseMoveOptions { Steps = 5 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.Locator("[data-order]")).Not.ToHaveAttributeAsync("data-price", "3998");

        foreach (var price in (string[])["3990.00", "3990.02", "3990.04"]) await visit.Deal(new { Type = "limit", LevelsBy = "price", Price = price });
        await Assertions.Expect(page.Locator("[data-order]")).ToHaveCountAsync(4);
        await visit.Holds("async () => (await import('/js/terminal/grid.js')).grid.active.api.getOverlays({ groupId: 'levels' }).length === 4");
        await visit.LooksRight("terminal-close-lines");
    }

    [Fact]
    public async Task A_look_and_a_ticket_are_kept_under_a_name_and_the_crosshair_is_one_on_all_charts()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var (visit, page) = (seat.Visit, seat.Visit.Page);
        const string studies = "async () => (await import('/js/terminal/grid.js')).grid.active.state.indicators.map(study => study.name).join()";
        await page.ClickAsync("[data-studies]");
        await page.ClickAsync(".study__offer:has-text('Bollinger')");
        await page.ClickAsync("#studies-dialog [data-closes]");
        await page.ClickAsync("[data-saved]");
        await page.FillAsync("#save-look [name='name']", "Bands");
        await page.ClickAsync("#save-look button");
        await visit.Sees("#saved-looks", "Bands");
        await page.ClickAsync("#saved-dialog [data-closes]");
        await page.ClickAsync("[data-studies]");
        await page.ClickAsync(".study [aria-label^='Remove']");
        await page.ClickAsync("#studies-dialog [data-closes]");
        Assert.Equal("", await page.EvaluateAsync<string>(studies));
        await page.ClickAsync("[data-saved]");
        await page.ClickAsync("#saved-looks .saved__use");
        Assert.Equal("BOLL", await page.EvaluateAsync<string>(studies));

        await page.CheckAsync("[name='Type'][value='limit']", new PageCheckOptions { Force = true });
        await page.FillAsync("#ticket [name='Lots']", "0.25");
        await page.FillAsync("#ticket [name='Price']", "3900");
        await page.ClickAsync(".ticket__templates summary");
        await page.ClickAsync("[data-keep-order]");
        await page.FillAsync("#order-name-form [name='name']", "Dip");
        await page.ClickAsync("#order-name-form .btn-primary");
        await visit.Sees("#toasts", "Dip is kept");
        await page.FillAsync("#ticket [name='Lots']", "1");
        await page.CheckAsync("[name='Type'][value='market']", new PageCheckOptions { Force = true });
        if (await page.Locator(".ticket__templates[open]").CountAsync() == 0) await page.ClickAsync(".ticket__templates summary");
        await page.ClickAsync("[data-order-templates] .menu__item:has-text('Dip')");
        Assert.Equal(("0.25", "3900", true), (await page.InputValueAsync("#ticket [name='Lots']"), await page.InputValueAsync("#ticket [name='Price']"), await page.IsCheckedAsync("[name='Type'][value='limit']")));

        await page.EvaluateAsync("async () => { const { arrange, snapshot } = await import('/js/terminal/grid.js'); arrange({ ...snapshot(), layout: '2' }); }");
        await visit.Holds("async () => (await import('/js/terminal/grid.js')).grid.charts.every(chart => chart.tell)");
        var (first, second) = ((await page.Locator(".chart").First.BoundingBoxAsync())!, (await page.Locator(".chart").Nth(1).BoundingBoxAsync())!);
        var picture = new PageScreenshotOptions { Clip = new Clip { X = second.X, Y = second.Y, Width = second.Width, Height = second.Height / 2 } };
        await page.Mouse.MoveAsync(first.X + 20, first.Y - 60);
        var before = await page.ScreenshotAsync(picture);
        await page.Mouse.MoveAsync(first.X + 120, first.Y + 100, new MouseMoveOptions { Steps = 3 });
        var after = before;
        for (var tries = 0; tries < 100 && after.SequenceEqual(before); tries++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            after = await page.ScreenshotAsync(picture);
        }

        Assert.False(after.SequenceEqual(before));
    }

    [Fact]
    public async Task Nothing_moves_while_figures_change_and_the_scripts_before_the_charts_are_light()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var (visit, page) = (seat.Visit, seat.Visit.Page);
        await visit.Deal(new { Type = "market", LevelsBy = "price", StopLoss = "3990", TakeProfit = "4050" });
        await visit.Sees("[data-position]", "4,050.00");
        await visit.Sees("#toasts", "filled at");
        // Nothing, won or lost: the arrow of the first profit makes its own place.
        await still.Quote(4_001m);
        await visit.Sees("#account-bar", "+$0.10");
        await page.EvaluateAsync("() => { window.shifts = []; new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shifts.push(...entry.sources.map(source => source.node?.parentElement?.outerHTML.slice(0, 120) ?? 'gone')); }).observe({ type: 'layout-shift' }); }");

        for (var i = 1; i <= 40; i++) await still.Quote(4_000m + (i % 2 == 0 ? i : -i / 8m), half: i % 5);
        await visit.Holds("async () => (await import('/js/terminal/wire.js')).quotes.get('ETHUSD').bid === 4040");
        await visit.Sees("[data-position]", "4,040.00");
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))");

        var shifts = await page.EvaluateAsync<string[]>("() => window.shifts");
        Assert.True(shifts.Length == 0, string.Join('\n', shifts));
        var scripts = await page.EvaluateAsync<JsonElement>("() => performance.getEntriesByType('resource').filter(entry => /\\.js$/.test(new URL(entry.name).pathname) && !entry.name.includes('klinecharts')).map(entry => [entry.name, entry.encodedBodySize])");
        var bytes = scripts.EnumerateArray().Sum(script => script[1].GetInt32());
        Assert.True(scripts.GetArrayLength() > 25 && bytes is > 10_000 and <= MostScript, $"{scripts.GetArrayLength()} scripts of {bytes} bytes.");
    }

    private static async Task Choose(IPage page, string tool)
    {
        await page.ClickAsync("summary[aria-label='Draw']");
        await page.ClickAsync($"[data-tool='{tool}']");
    }

    /// <summary>What the script sends to be kept after this was done.</summary>
    private static async Task<string> Saved(IPage page, Func<Task> act)
    {
        var response = await page.RunAndWaitForResponseAsync(act, answer => answer.Url.EndsWith("/trader/terminal/saved", StringComparison.Ordinal) && answer.Request.PostData!.Contains("Drawings", StringComparison.Ordinal));
        Assert.Equal(204, response.Status);
        return response.Request.PostData!;
    }
}
