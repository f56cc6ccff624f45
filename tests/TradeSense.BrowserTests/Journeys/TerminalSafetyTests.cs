using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>What a trader must never get from the terminal: another price than was pressed, another level than was moved, an order twice, or a loss nobody tells.</summary>
public sealed class TerminalSafetyTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    private const string Rows = "() => [...document.querySelectorAll('.ladder__price')].map(row => row.textContent)";

    [Fact]
    public async Task A_press_on_the_ladder_means_the_price_it_began_at_or_nothing()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var visit = seat.Visit;
        var page = visit.Page;
        await page.ClickAsync("[data-ladder-toggle]");
        await visit.Holds("() => document.querySelector('.ladder__row[data-side=bid]') !== null");
        var rows = await page.EvaluateAsync<string[]>(Rows);

        await still.Quote(4_000m, half: 0.5m);
        await visit.Holds("async () => (await import('/js/terminal/wire.js')).quotes.get('ETHUSD').ask === 4000.5");
        await page.WaitForTimeoutAsync(400);
        Assert.Equal(rows, await page.EvaluateAsync<string[]>(Rows));

        // Pressed under the market it is a limit; the market falls below it before the finger leaves.
        await Press(page);
        await still.Quote(3_900m);
        await visit.Holds("async () => (await import('/js/terminal/wire.js')).quotes.get('ETHUSD').bid === 3900");
        await page.Mouse.UpAsync();
        await visit.Sees("#toasts", "nothing was sent");
        Assert.Equal("", await page.InputValueAsync("#ticket [name='Price']"));

        // The market flies away: what was pressed is what is meant, and the rows wait for the finger.
        await visit.Holds("price => document.querySelector('.ladder__row[data-side=bid] .ladder__price') !== null && !document.querySelector('.ladder__rows').textContent.includes(price)", rows[0]);
        await page.WaitForTimeoutAsync(500);
        var aimed = await Press(page);
        await still.Quote(4_100m);
        await visit.Holds("async () => (await import('/js/terminal/wire.js')).quotes.get('ETHUSD').bid === 4100");
        await page.Mouse.UpAsync();
        Assert.Equal(aimed, await page.InputValueAsync("#ticket [name='Price']"));
        Assert.True(await page.IsCheckedAsync("[name='Type'][value='limit']"));
    }

    [Fact]
    public async Task Moving_the_take_profit_leaves_a_trailing_stop_where_it_has_come_to()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var visit = seat.Visit;
        await visit.Deal(new { Type = "market", LevelsBy = "price", StopLoss = "3998", TakeProfit = "4003", TrailingDistance = "2" });
        await visit.Sees("[data-position]", "3,998.00");
        var (x, y) = await visit.Line("TP");

        await visit.Page.Mouse.MoveAsync(x, y);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(x, y - 20, new MouseMoveOptions { Steps = 4 });
        await still.Quote(4_001m);
        await Assertions.Expect(visit.Page.Locator("[data-position]")).ToHaveAttributeAsync("data-stop", "3999");
        var sent = await visit.Page.RunAndWaitForRequestAsync(() => visit.Page.Mouse.UpAsync(), request => request.Method == "POST" && request.Url.Contains("/positions/", StringComparison.Ordinal));

        await Assertions.Expect(visit.Page.Locator("[data-position]")).Not.ToHaveAttributeAsync("data-target", "4003");
        Assert.DoesNotContain("3998", sent.PostData, StringComparison.Ordinal);
        await Assertions.Expect(visit.Page.Locator("[data-position]")).ToHaveAttributeAsync("data-stop", "3999");
    }

    [Fact]
    public async Task The_charts_come_back_with_the_symbol_they_were_left_on()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var visit = seat.Visit;

        await visit.Page.RunAndWaitForResponseAsync(() => visit.Page.ClickAsync("a[data-quote='US30']"), response => response.Url.EndsWith("/trader/terminal/saved", StringComparison.Ordinal));
        await visit.Go($"/trader/terminal/{seat.Account}");

        await visit.Sees(".chart-bar__symbol", "US30");
        await Assertions.Expect(visit.Page.Locator("#ticket")).ToHaveAttributeAsync("data-symbol", "US30");
    }

    [Fact]
    public async Task What_cannot_be_kept_is_said_and_what_found_no_server_is_kept_when_it_is_back()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var visit = seat.Visit;
        visit.Expect("Failed to fetch");

        await visit.Page.EvaluateAsync("async () => (await import('/js/terminal/kept.js')).keep('Drawings', 'ETHUSD', { drawings: 'x'.repeat(70000) }, 10)");
        await visit.Sees("#toasts", "Your drawings of this symbol could not be saved");

        await visit.Page.RouteAsync("**/saved", route => route.AbortAsync());
        await visit.Page.EvaluateAsync("async () => (await import('/js/terminal/kept.js')).keep('Settings', 'watch', { favourites: ['ETHUSD'] }, 10)");
        await visit.Sees("#toasts .toast-note:last-child", "saved when the line is back");
        await visit.Page.UnrouteAllAsync();
        await visit.Page.RunAndWaitForResponseAsync(() => visit.Page.EvaluateAsync("() => document.querySelector('#terminal')._htmx.sse.reader.cancel()"), response => response.Url.EndsWith("/trader/terminal/saved", StringComparison.Ordinal) && response.Status == 204);
    }

    [Fact]
    public async Task A_press_whose_answer_was_lost_is_the_same_order_when_it_is_pressed_again()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var visit = seat.Visit;
        var page = visit.Page;
        await page.CheckAsync("#one-click-on", new PageCheckOptions { Force = true });
        // The order arrives; its answer does not.
        await page.EvaluateAsync("""
            () => {
              const real = window.fetch;
              window.fetch = async (input, options) => {
                const answer = await real(input, options);
                if (!String(input).includes('/order?') || options.method !== 'POST') return answer;
                window.fetch = real;
                throw new TypeError('Failed to fetch');
              };
            }
            """);

        await page.ClickAsync("[data-deal='Buy']");
        await visit.Sees("#toasts", "before the answer came");
        await page.ClickAsync("[data-deal='Buy']");

        await visit.Sees("#toasts", "was not done twice");
        await Assertions.Expect(page.Locator("[data-position]")).ToHaveCountAsync(1);
        await page.ClickAsync("[data-deal='Buy']");
        await Assertions.Expect(page.Locator("[data-position]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task The_ticket_is_for_the_last_symbol_chosen_however_late_an_answer_comes()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var visit = seat.Visit;
        var page = visit.Page;
        await page.EvaluateAsync("""
            () => {
              const real = window.fetch;
              window.fetch = async (input, options) => {
                const answer = await real(input, options);
                const address = String(input?.url ?? input);
                if (address.includes('handler=Ticket') && address.includes('BTCUSD')) { await new Promise(done => setTimeout(done, 1500)); window.late = true; }
                return answer;
              };
            }
            """);

        await page.ClickAsync("a[data-quote='BTCUSD']");
        await page.ClickAsync("a[data-quote='EURUSD']");
        await Assertions.Expect(page.Locator("#ticket[data-symbol='ETHUSD']")).ToHaveAttributeAsync("inert", "");
        await visit.Holds("() => window.late");

        await Assertions.Expect(page.Locator("#ticket")).ToHaveAttributeAsync("data-symbol", "EURUSD");
        await Assertions.Expect(page.Locator("#ticket[inert]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_ticket_says_which_floor_a_stop_breaks_for_both_orders_of_an_oco_too()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var visit = seat.Visit;
        var page = visit.Page;
        await page.FillAsync("#ticket [name='Lots']", "1");

        // Today's room is 500: to stand on the floor is not to cross it.
        await page.FillAsync("#ticket [name='StopLoss']", "3500");
        await visit.Sees("#ticket-estimate", "−$500.00");
        Assert.Equal(0, await page.Locator("#ticket-estimate .ticket__note--warning").CountAsync());
        await page.FillAsync("#ticket [name='StopLoss']", "3499");
        await visit.Sees("#ticket-estimate .ticket__note--warning", "would break today’s floor and end the account");
        await page.FillAsync("#ticket [name='StopLoss']", "2900");
        await visit.Sees("#ticket-estimate", "−$1,100.00");

        await page.CheckAsync("[name='Type'][value='oco']", new PageCheckOptions { Force = true });
        await page.FillAsync("#ticket [name='Price']", "4100");
        await page.FillAsync("#ticket [name='StopLoss']", "4000");
        await page.FillAsync("#ticket [name='OtherPrice']", "3900");
        await page.FillAsync("#ticket [name='OtherStopLoss']", "4450");
        await visit.Sees("#ticket-estimate tbody tr:first-child", "Buy stop");
        await visit.Sees("#ticket-estimate tbody tr:first-child", "−$100.00");
        await visit.Sees("#ticket-estimate tbody tr:last-child", "−$550.00");
        await visit.Sees("#ticket-estimate .ticket__note--warning", "Sell stop would break today’s floor");
    }

    [Fact]
    public async Task Lots_go_by_the_instruments_step_and_one_click_remembers_each_symbol()
    {
        await using var seat = await TerminalSeat.Open(chromium, still);
        var visit = seat.Visit;
        var page = visit.Page;
        await page.EvaluateAsync("async () => { const { markets } = await import('/js/terminal/setup.js'); Object.assign(markets.get('ETHUSD'), { step: .5, minimum: 1, maximum: 60 }); (await import('/js/terminal/prefs.js')).setPrefs({ keysOn: true, oneClick: true }); }");

        await page.FillAsync("#ticket [name='Lots']", "1");
        await page.Locator("#ticket [name='Lots']").BlurAsync();
        foreach (var (key, lots) in new[] { ("-", "1.00"), ("+", "1.50"), ("-", "1.00") })
        {
            await page.Keyboard.PressAsync(key);
            Assert.Equal(lots, await page.InputValueAsync("#ticket [name='Lots']"));
        }

        Assert.Equal("1", await page.InputValueAsync("[data-way='lots']"));
        await page.FillAsync("[data-way='lots']", "2");
        await page.FillAsync("[data-way='stopPips']", "50");
        await page.Locator("[data-way='stopPips']").BlurAsync();
        await page.ClickAsync("a[data-quote='BTCUSD']");
        await Assertions.Expect(page.Locator("[data-way='lots']")).ToHaveValueAsync("0.10");
        Assert.Equal("", await page.InputValueAsync("[data-way='stopPips']"));
        await page.ClickAsync("a[data-quote='ETHUSD']");
        await Assertions.Expect(page.Locator("[data-way='lots']")).ToHaveValueAsync("2");
        Assert.Equal("50", await page.InputValueAsync("[data-way='stopPips']"));
    }

    /// <summary>The pointer goes down on the second highest row under the market; its price as the ticket takes it.</summary>
    private static async Task<string> Press(IPage page)
    {
        var row = page.Locator(".ladder__row[data-side='bid']").Nth(1);
        var box = (await row.Locator("[data-ladder='Buy']").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        return (await row.Locator(".ladder__price").InnerTextAsync()).Replace(",", "", StringComparison.Ordinal);
    }
}
