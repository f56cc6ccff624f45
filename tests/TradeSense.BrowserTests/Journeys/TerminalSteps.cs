using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TradeSense.BrowserTests.Fixture;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Journeys;

/// <summary>What tests do in a terminal whose prices stand still until they move them.</summary>
internal static class TerminalSteps
{
    public const string Coin = "ETHUSD";

    /// <summary>For the desk and for the charts; the spread is so wide around the price.</summary>
    public static async Task Quote(this StillSite still, decimal price, decimal half = 0m, string symbol = Coin)
    {
        var quote = new Quote(TimeProvider.System.GetUtcNow(), symbol, new Price(price - half), new Price(price + half));
        await still.Site.Services.GetRequiredService<TradingDesk>().Take(quote, TestContext.Current.CancellationToken);
        still.Site.Services.GetRequiredService<QuotePipeline>().Overhear(quote);
    }

    /// <summary>Waits until the page says so itself.</summary>
    public static Task Holds(this Visit visit, string condition, object? with = null) =>
        visit.Page.WaitForFunctionAsync(condition, with, new PageWaitForFunctionOptions { Timeout = 40_000 });

    /// <summary>An order as the terminal's script sends it.</summary>
    public static async Task Deal(this Visit visit, object fields)
    {
        var answer = await visit.Page.EvaluateAsync<JsonElement>("async fields => (await import('/js/terminal/send.js')).send(document.querySelector('#ticket').getAttribute('action'), { SizeBy: 'lots', Lots: '0.10', Side: 'Buy', ClientId: crypto.randomUUID(), ...fields })", fields);
        Assert.True(answer.GetProperty("ok").GetBoolean(), answer.ToString());
    }

    /// <summary>Where the line with these first words stands on the page, once it is drawn.</summary>
    public static async Task<(float X, float Y)> Line(this Visit visit, string words)
    {
        await visit.Holds("async words => (await import('/js/terminal/grid.js')).grid.active.api.getOverlays({ groupId: 'levels' }).some(line => line.extendData.text.startsWith(words))", words);
        var at = await visit.Page.EvaluateAsync<JsonElement>("""
            async words => {
              const { api, place } = (await import('/js/terminal/grid.js')).grid.active;
              const line = api.getOverlays({ groupId: 'levels' }).find(overlay => overlay.extendData.text.startsWith(words));
              const box = place.getBoundingClientRect();
              return { x: box.x + box.width * .6, y: box.y + api.convertToPixel([{ value: line.points[0].value }], { paneId: 'candle_pane', absolute: true })[0].y };
            }
            """, words);
        return (at.GetProperty("x").GetSingle(), at.GetProperty("y").GetSingle());
    }
}

/// <summary>A trader at the terminal of an account of 10,000, five percent a day and ten in all; the coin stands at 4,000. Nothing was bought for it, so it is quick.</summary>
internal sealed class TerminalSeat : IAsyncDisposable
{
    private static readonly AccountTerms Terms = new(
        Currency.Usd, 10_000m, TradingDay.Default, new DailyLossRule(new Allowance(new Percent(5), null)), new OverallLossRule(new Allowance(new Percent(10), null)),
        null, 1, null, 30, null, 100, new Percent(50), 0, 1m, false, true);

    private readonly TestFirm _firm;

    private TerminalSeat(TestFirm firm, Visit visit, Guid account) => (_firm, Visit, Account) = (firm, visit, account);

    public Visit Visit { get; }
    public Guid Account { get; }

    public static async Task<TerminalSeat> Take(Chromium chromium, StillSite still, Screen screen = Screen.Desktop, string? scheme = null)
    {
        var firm = await still.Firm();
        var trader = await firm.Trader();
        var account = Guid.CreateVersion7();
        var opened = await firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(new OpenTradingAccount.Request(account, trader.Id, Guid.CreateVersion7(), 0, "Evaluation", Terms), default));
        Assert.False(opened.IsRefused);
        await firm.DrainOutbox();
        var desk = still.Site.Services.GetRequiredService<TradingDesk>();
        while (await desk.View(new AccountId(account), TestContext.Current.CancellationToken) is null) await Task.Delay(20, TestContext.Current.CancellationToken);
        return new TerminalSeat(firm, await chromium.Visit(trader, screen, scheme), account);
    }

    /// <summary>The same, sitting before the charts.</summary>
    public static async Task<TerminalSeat> Open(Chromium chromium, StillSite still, Screen screen = Screen.Desktop, string? scheme = null)
    {
        var seat = await Take(chromium, still, screen, scheme);
        await still.Quote(4_000m);
        await seat.Visit.Go($"/trader/terminal/{seat.Account}?symbol={TerminalSteps.Coin}");
        await seat.Visit.Page.WaitForSelectorAsync("#terminal[data-charts='ready']");
        await seat.Visit.Holds("""
            async () => {
              const { grid } = await import('/js/terminal/grid.js');
              const { quotes } = await import('/js/terminal/wire.js');
              return grid.active.tell !== null && quotes.has('ETHUSD');
            }
            """);
        return seat;
    }

    public async ValueTask DisposeAsync()
    {
        await using (_firm)
        {
            await Visit.DisposeAsync();
        }
    }
}
