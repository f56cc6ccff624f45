using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>
/// A heavy minute: sixty messages a second over thirty symbols through the page's own stream, four charts with indicators and the ladder open.
/// Asked for by name only: <c>dotnet test tests/TradeSense.BrowserTests --filter TerminalLoad -- xUnit.Explicit=only</c>.
/// </summary>
public sealed class TerminalLoadTests(Chromium chromium, StillSite still) : IClassFixture<StillSite>
{
    private const int Seconds = 60;

    /// <summary>Stands in for the server's stream, so that the library reads it as it reads the real one; and makes the watch list thirty symbols long.</summary>
    private const string Flood = """
        (() => {
          const symbols = [];
          document.addEventListener('readystatechange', () => {
            const list = document.getElementById('watch-list');
            if (document.readyState !== 'interactive' || !list) return;
            const rows = [...list.children];
            for (const row of rows) {
              const symbol = row.querySelector('[data-quote]').dataset.quote;
              symbols.push(symbol, symbol + '2');
              const copy = row.cloneNode(true);
              copy.querySelector('[data-quote]').dataset.quote = symbol + '2';
              list.append(copy);
            }
          });
          const real = window.fetch;
          window.flood = { sent: 0 };
          window.fetch = (input, options) => {
            if (!String(input?.url ?? input).includes('handler=Live')) return real(input, options);
            const text = new TextEncoder();
            const prices = new Map();
            const body = new ReadableStream({ start(controller) {
              setInterval(() => {
                const rows = [];
                for (const symbol of symbols) {
                  const bid = (prices.get(symbol) ?? (symbol.startsWith('BTC') ? 100000 : symbol.startsWith('ETH') ? 4000 : 1.1)) * (1 + (Math.random() - .5) / 5000);
                  prices.set(symbol, bid);
                  rows.push([symbol, bid, bid * 1.0001, Date.now(), 1.25]);
                }
                controller.enqueue(text.encode(`event: quotes\ndata: ${JSON.stringify(rows)}\n\n`));
                window.flood.sent++;
              }, 1000 / 60);
            } });
            return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }));
          };
        })();
        """;

    [Fact(Explicit = true)]
    public async Task Run_by_hand_because_it_takes_a_minute_sixty_updates_a_second_leave_the_page_mostly_idle()
    {
        await using var firm = await still.Firm();
        await using var visit = await chromium.Visit(await firm.Trader());
        var account = await visit.Buy("sprint");
        await visit.Page.AddInitScriptAsync(Flood);
        await visit.Go($"/trader/terminal/{account}?symbol=BTCUSD");
        await visit.Page.ClickAsync("summary[aria-label='Layout']");
        await visit.Page.ClickAsync("[data-layout-choice='2x2']");
        await visit.Page.ClickAsync("[data-ladder-toggle]");
        await visit.Page.ClickAsync("[data-studies]");
        foreach (var study in (string[])["Moving average", "RSI", "MACD"]) await visit.Page.Locator($".study__offer:has-text('{study}')").First.ClickAsync(new LocatorClickOptions { Timeout = 5_000, Trial = false });
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.WaitForTimeoutAsync(5_000);

        var tools = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await tools.SendAsync("Performance.enable");
        var before = await Measure(tools, visit.Page);
        await visit.Page.WaitForTimeoutAsync(Seconds * 1_000);
        var after = await Measure(tools, visit.Page);

        var (busy, sent) = ((after.Task - before.Task) / (after.At - before.At), after.Sent - before.Sent);
        var growth = after.Heap - before.Heap;
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture,
            $"{sent / (after.At - before.At):0} messages a second of 30 symbols: main thread busy {busy:P1}, heap {before.Heap / 1e6:0.0} → {after.Heap / 1e6:0.0} MB"));
        Assert.True(busy <= 0.30, $"The main thread was busy {busy:P1} of the time.");
        Assert.True(growth < 3_000_000, $"The heap grew by {growth} bytes.");
    }

    /// <summary>Seconds of work and of the clock, and the heap after everything unreachable was thrown away.</summary>
    private static async Task<(double At, double Task, double Heap, double Sent)> Measure(ICDPSession tools, IPage page)
    {
        await tools.SendAsync("HeapProfiler.collectGarbage");
        var metrics = (await tools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray().ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return (metrics["Timestamp"], metrics["TaskDuration"], metrics["JSHeapUsedSize"], (await page.EvaluateAsync<JsonElement>("() => window.flood.sent")).GetDouble());
    }
}
