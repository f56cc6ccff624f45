using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Desk.Links;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

/// <summary>A process that serves pages and one that runs the engine, over one database.</summary>
public sealed class RolesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_web_process_asks_is_answered_by_the_engine_s_process()
    {
        await using var web = await Site.Start(TimeProvider.System, builder => builder.UseSetting("TRADESENSE_ROLES", "web").UseSetting("Trading:Shards", "2"));
        await using var engine = await Site.Beside(web, builder => builder.UseSetting("TRADESENSE_ROLES", "engine"));
        await using var firm = await TestFirm.Create(web);
        var (near, far) = (web.Services.GetRequiredService<TradingDesk>(), engine.Services.GetRequiredService<TradingDesk>());
        Assert.Empty(near.Health);
        var id = await Open(firm, near);
        await far.Take(new Quote(TimeProvider.System.GetUtcNow(), "BTCUSD", new Price(60_000m), new Price(60_010m)), Ct);

        var outcome = Assert.IsType<CommandOutcome.Accepted>(await near.Send(new MarketOrder(default, id, "a1", "BTCUSD", Side.Buy, new Lots(0.1m), null, null), Ct));
        var again = Assert.IsType<CommandOutcome.Accepted>(await far.Send(new MarketOrder(default, id, "a1", "BTCUSD", Side.Buy, new Lots(0.1m), null, null), Ct));

        Assert.Equal(outcome.Events, again.Events);
        Assert.Equivalent(await far.View(id, Ct), await near.View(id, Ct), strict: true);
        Assert.Equal(0.1m, Assert.Single(await near.Exposure(firm.Tenant.Id, Ct)).Long.Value);
        Assert.NotNull(await near.Estimate(id, new OrderSketch("BTCUSD", Side.Sell, new Lots(0.1m), null, null), Ct));
        Assert.Equal(await far.StateHashes(Ct), await near.StateHashes(Ct));
        await near.AdvanceTo(TimeProvider.System.GetUtcNow(), Ct);
    }

    [Fact]
    public async Task Without_any_engine_an_order_is_refused_busy_and_a_look_finds_nothing()
    {
        await using var web = await Site.Start(TimeProvider.System, builder => builder.UseSetting("TRADESENSE_ROLES", "web").UseSetting("Trading:LookWithin", "00:00:00.3"));
        var desk = web.Services.GetRequiredService<TradingDesk>();
        var id = new AccountId(Guid.CreateVersion7());

        Assert.Equal(RejectReason.Busy, Assert.IsType<CommandOutcome.Refused>(await desk.Send(new CloseAllPositions(default, id, "x"), Ct)).Reason);
        Assert.Null(await desk.View(id, Ct));
    }

    [Fact]
    public async Task Prices_reach_a_process_that_does_not_read_the_feed()
    {
        await using var engine = await Site.Start(TimeProvider.System, builder => builder.UseSetting("Trading:RunFeed", "true").UseSetting("TRADESENSE_FEED_RATE", "20"));
        await using var web = await Site.Beside(engine, builder => builder.UseSetting("TRADESENSE_ROLES", "web").UseSetting("Trading:RunFeed", "true"));
        var quotes = web.Services.GetRequiredService<LatestQuotes>();

        for (var tries = 0; quotes.Version < 40; tries++)
        {
            Assert.True(tries < 300, $"Only {quotes.Version} quotes came.");
            await Task.Delay(50, Ct);
        }

        Assert.True(quotes.TryGet("BTCUSD", out var latest) && TimeProvider.System.GetUtcNow() - latest.Quote.At < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_caller_without_the_installation_s_key_is_not_answered()
    {
        await using var engine = await Site.Start(TimeProvider.System, null);
        await engine.Services.GetRequiredService<TradingDesk>().StateHashes(Ct);
        var address = engine.Services.GetRequiredService<DeskAddress>().Value;
        await using var right = new DeskLinks(engine.Services.GetRequiredService<Modules.Database.MasterKey>());
        await using var wrong = new DeskLinks(new Modules.Database.MasterKey(new byte[32]));

        Assert.NotEmpty(await right.Ask(address, 0, new HashState(), TimeSpan.FromSeconds(5), Ct));
        await Assert.ThrowsAsync<LinkLostException>(() => wrong.Ask(address, 0, new HashState(), TimeSpan.FromSeconds(5), Ct));
    }

    private static async Task<AccountId> Open(TestFirm firm, TradingDesk desk)
    {
        var id = new AccountId(Guid.CreateVersion7());
        var trader = await firm.Trader();
        await firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(new OpenTradingAccount.Request(id.Value, trader.Id, Guid.CreateVersion7(), 0, "Phase 1", TestDesk.Terms), default));
        Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new OpenAccount(default, id, "open", TestDesk.Terms), Ct));
        return id;
    }
}
