using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Desk.Owners;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

/// <summary>The accounts are spread over shards by a number that stands in the database.</summary>
public sealed class SpreadTests
{
    private const int Accounts = 12;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_spread_anew_go_on_with_the_same_state()
    {
        await using var site = await Site.Start(TimeProvider.System, builder => builder.UseSetting("Trading:Shards", "3"));
        await using var firm = await TestFirm.Create(site);
        var desk = site.Services.GetRequiredService<TradingDesk>();
        var accounts = await OpenAccounts(firm, desk);
        await desk.Take(new Quote(TimeProvider.System.GetUtcNow(), "BTCUSD", new Price(61_000m), new Price(61_010m)), Ct);
        await desk.AdvanceTo(TimeProvider.System.GetUtcNow(), Ct);
        var before = await Equities(desk, accounts);

        var services = site.Services;
        var fleet = services.GetRequiredService<ShardFleet>();
        Assert.Equal(3, fleet.Spread);
        await StopEngine(site);
        await using var second = await Another(site, 2);

        var after = await Equities(second.Services.GetRequiredService<TradingDesk>(), accounts);
        Assert.Equal(before, after);
        Assert.Equal(2, (int)(await site.Audit("select shards from engine_layout"))[0][0]!);
        Assert.Equal(Accounts, second.Services.GetRequiredService<TradingDesk>().Health.Sum(shard => shard.Accounts));
        Assert.IsType<CommandOutcome.Accepted>(await second.Services.GetRequiredService<TradingDesk>().Send(new CloseAllPositions(default, accounts[0], "close"), Ct));
    }

    [Fact]
    public async Task While_another_process_runs_a_shard_the_spread_stays()
    {
        await using var site = await Site.Start(TimeProvider.System, builder => builder.UseSetting("Trading:Shards", "2"));
        var desk = site.Services.GetRequiredService<TradingDesk>();
        await desk.StateHashes(Ct);

        await using var second = await Another(site, 5);

        Assert.Equal(2, second.Services.GetRequiredService<ShardFleet>().Spread);
        Assert.Equal(2, (int)(await site.Audit("select shards from engine_layout"))[0][0]!);
    }

    [Fact]
    public void The_mark_of_a_living_process_is_not_taken_for_a_dead_one()
    {
        Assert.False(ProcessMark.IsGone(ProcessMark.Own));
        Assert.False(ProcessMark.IsGone("elsewhere:1:1:x"));
        var parts = ProcessMark.Own.Split(':');
        Assert.True(ProcessMark.IsGone(string.Join(':', parts[0], parts[1], "1", parts[3])));
    }

    private static async Task<List<AccountId>> OpenAccounts(TestFirm firm, TradingDesk desk)
    {
        var trader = await firm.Trader();
        await desk.Take(new Quote(TimeProvider.System.GetUtcNow(), "BTCUSD", new Price(60_000m), new Price(60_010m)), Ct);
        var accounts = new List<AccountId>();
        for (var i = 0; i < Accounts; i++)
        {
            var id = new AccountId(Guid.CreateVersion7());
            await firm.Run<OpenTradingAccount, Result<long>>(open => open.Run(new OpenTradingAccount.Request(id.Value, trader.Id, Guid.CreateVersion7(), 0, "Phase 1", TestDesk.Terms), default));
            Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new OpenAccount(default, id, "open", TestDesk.Terms), Ct));
            Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new MarketOrder(default, id, "a1", "BTCUSD", i % 2 == 0 ? Side.Buy : Side.Sell, new Lots(0.1m), null, null), Ct));
            accounts.Add(id);
        }

        return accounts;
    }

    private static async Task<List<(decimal, decimal)>> Equities(TradingDesk desk, List<AccountId> accounts)
    {
        var equities = new List<(decimal, decimal)>();
        foreach (var account in accounts)
        {
            var view = await desk.View(account, Ct);
            equities.Add((view!.State.Balance, view.Equity));
        }

        return equities;
    }

    private static async Task StopEngine(Site site)
    {
        foreach (var host in site.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<TradingHost>()) await host.StopAsync(Ct);
    }

    private static Task<Site> Another(Site site, int shards) =>
        Site.Beside(site, builder => builder.UseSetting("Trading:Shards", shards.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
