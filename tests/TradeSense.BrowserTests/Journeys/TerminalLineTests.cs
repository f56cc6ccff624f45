using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>The terminal's line breaks, ends or is looked away from: nothing that happened meanwhile is missing afterwards.</summary>
public sealed class TerminalLineTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    private const string Symbol = "ETHUSD";
    private static int _tests;

    /// <summary>The page's stream passes through here, so that a test can break or end it while it runs; and what it tells is counted.</summary>
    private const string Line = """
        (() => {
          const real = window.fetch;
          window.deals = [];
          addEventListener('DOMContentLoaded', () => document.getElementById('terminal')?.addEventListener('deal', event => window.deals.push(JSON.parse(event.detail.data).text)));
          window.fetch = async (input, options) => {
            const answer = await real(input, options);
            if (!String(input?.url ?? input).includes('handler=Live')) return answer;
            const reader = answer.body.getReader();
            const body = new ReadableStream({ start(controller) {
              window.line = { error: () => controller.error(new TypeError('Failed to fetch')), end: () => controller.close() };
              const pump = async () => { for (;;) { const { done, value } = await reader.read(); if (done) return controller.close(); controller.enqueue(value); } };
              pump().catch(error => { try { controller.error(error); } catch { } });
            } });
            return new Response(body, { headers: answer.headers });
          };
        })();
        """;

    [Theory]
    [InlineData("error")]
    [InlineData("end")]
    public async Task A_running_line_that_breaks_is_taken_up_where_it_was_with_every_deal_and_every_bar(string way)
    {
        await using var seat = await TerminalSeat.Take(chromium, still);
        var visit = seat.Visit;
        visit.Expect("Failed to fetch");
        var (page, start) = await Open(seat);
        await visit.Send("0.10");
        await visit.Sees("#toasts", "filled at 4,000.00");

        await page.RouteAsync("**handler=Live**", route => route.AbortAsync());
        await page.EvaluateAsync("way => window.line[way]()", way);
        for (var i = 3; i < 6; i++) Hear(start.AddSeconds(5 * i), 4_000m + i);
        // More than the journal is read at a time: three times twenty orders.
        for (var i = 0; i < 3; i++)
        {
            var answer = await page.EvaluateAsync<JsonElement>("""
                async () => (await import('/js/terminal/send.js')).send(document.querySelector('#ticket').getAttribute('action'),
                  { Type: 'scaled', SizeBy: 'lots', Lots: '0.20', From: '3000', To: '3500', Count: '20', Side: 'Buy', ClientId: crypto.randomUUID() })
                """);
            Assert.True(answer.GetProperty("ok").GetBoolean(), answer.ToString());
        }

        Assert.Equal(1, await page.EvaluateAsync<int>("() => window.deals.length"));
        var request = page.WaitForRequestAsync("**handler=Live**", new PageWaitForRequestOptions { Timeout = 30_000 });
        await page.UnrouteAllAsync();

        await page.WaitForFunctionAsync("() => window.deals.length === 61", null, new PageWaitForFunctionOptions { Timeout = 40_000 });
        Assert.True((await (await request).AllHeadersAsync()).TryGetValue("last-event-id", out var last) && long.Parse(last, System.Globalization.CultureInfo.InvariantCulture) > 0);
        await page.WaitForFunctionAsync(Bars, new { from = start.ToUnixTimeMilliseconds(), count = 6 }, new PageWaitForFunctionOptions { Timeout = 30_000 });
    }

    [Fact]
    public async Task A_tab_that_is_looked_away_from_goes_on_hearing_deals_and_quotes()
    {
        await using var seat = await TerminalSeat.Take(chromium, still);
        var visit = seat.Visit;
        var (page, start) = await Open(seat);
        await page.EvaluateAsync("""
            () => {
              Object.defineProperty(document, 'hidden', { get: () => true });
              window.requestAnimationFrame = () => 0;
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """);

        await visit.Send("0.10");
        for (var i = 3; i < 6; i++)
        {
            Hear(start.AddSeconds(5 * i), 4_000m + i);
            // One frame of the stream for each: what lies between two of them is no bar of its own.
            await page.WaitForFunctionAsync("at => import('/js/terminal/wire.js').then(wire => wire.quotes.get('ETHUSD')?.at === at)", start.AddSeconds(5 * i).ToUnixTimeMilliseconds(), new PageWaitForFunctionOptions { Timeout = 30_000 });
        }

        await visit.Sees("#toasts", "filled at 4,000.00");
        await page.WaitForFunctionAsync(Bars, new { from = start.ToUnixTimeMilliseconds(), count = 6 }, new PageWaitForFunctionOptions { Timeout = 30_000 });
    }

    /// <summary>So many bars of five seconds from then on, none missing.</summary>
    private const string Bars = """
        async ({ from, count }) => {
          const { grid } = await import('/js/terminal/grid.js');
          const bars = grid.active.api.getDataList().filter(bar => bar.timestamp >= from);
          return bars.length === count && bars.every((bar, i) => bar.timestamp === from + i * 5000);
        }
        """;

    /// <summary>The terminal on bars of five seconds, of which three have been; the instant of the first.</summary>
    private async Task<(IPage Page, DateTimeOffset Start)> Open(TerminalSeat seat)
    {
        var visit = seat.Visit;
        // Each test has a minute of its own: the site's quotes are one history.
        var start = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddMinutes(-10 + _tests++).ToUnixTimeSeconds() / 5 * 5);
        for (var i = 0; i < 3; i++) Hear(start.AddSeconds(5 * i), 4_000m + i);
        await still.Price(Symbol, 4_000m);
        await visit.Page.AddInitScriptAsync(Line);
        await visit.Go($"/trader/terminal/{seat.Account}?symbol={Symbol}&period=S5");
        await visit.Page.WaitForFunctionAsync(Bars, new { from = start.ToUnixTimeMilliseconds(), count = 3 });
        return (visit.Page, start);
    }

    private void Hear(DateTimeOffset at, decimal price) =>
        still.Site.Services.GetRequiredService<QuotePipeline>().Overhear(new Quote(at, Symbol, new Price(price), new Price(price)));
}
