using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Tests.Fixture;

namespace TradeSense.BrowserTests.Fixture;

/// <summary>
/// The demo brands with their own models, where neither time nor a price moves unless a test says so. Whatever waits for a time (engine, jobs, sessions,
/// clocks on pages) hears the same one, so days pass in a moment and no two runs differ.
/// </summary>
public sealed class SteeredSite : IAsyncLifetime
{
    /// <summary>A Monday noon; in New York the trading day is half over.</summary>
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 2, 17, 0, 0, TimeSpan.Zero));

    private Site? _site;
    private int _commands;

    public Site Site => _site ?? throw new InvalidOperationException("The site was not started.");

    private TradingDesk Desk => Site.Services.GetRequiredService<TradingDesk>();
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await Site.OnSockets(_clock, builder =>
        builder.UseSetting("TRADESENSE_TENANTS", Path.Combine(Repository.Root, "tenants.example.json")).UseSetting("TRADESENSE_ANNOUNCE", "off"));

    /// <summary>Everybody hears this price: the desk, the watch list, and a second later the pages that are open.</summary>
    public async Task Price(string symbol, decimal price)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        var quote = new Quote(_clock.GetUtcNow(), symbol, new Price(price), new Price(price));
        await Desk.Take(quote, Ct);
        Site.Services.GetRequiredService<QuotePipeline>().Overhear(quote);
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>The same time of day, so many days later, one day after the other: each trading day starts, and its jobs run.</summary>
    public async Task Days(int count)
    {
        for (var day = 0; day < count; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
            await Desk.AdvanceTo(_clock.GetUtcNow(), Ct);
        }
    }

    public void Wait(TimeSpan time) => _clock.Advance(time);

    /// <summary>One lot bought and sold again, by the desk's own commands: for days on which nobody looks.</summary>
    public async Task Trade(Guid account, string symbol, decimal from, decimal to)
    {
        var id = new AccountId(account);
        await Price(symbol, from);
        Assert.IsType<CommandOutcome.Accepted>(await Desk.Send(new MarketOrder(default, id, $"day-{++_commands}", symbol, Side.Buy, new Lots(1), null, null), Ct));
        await Price(symbol, to);
        await Desk.Send(new CloseAllPositions(default, id, $"day-{++_commands}"), Ct);
    }

    public Tenant Brand(string slug) => Site.Services.GetRequiredService<TenantDirectory>().All.Single(tenant => tenant.Slug == slug);

    public async ValueTask DisposeAsync()
    {
        if (_site is not null) await _site.DisposeAsync();
    }
}
