using Npgsql;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

public sealed class RestartTests(Site site)
{
    [Fact]
    public async Task A_process_that_vanished_is_followed_by_one_with_the_same_state()
    {
        await using var desk = await TestDesk.Open(site);
        var trailing = TestDesk.Terms with { OverallLoss = new OverallLossRule(new Allowance(new Percent(10), null), OverallMode.TrailingEquity) };
        AccountId[] accounts = [await desk.Account(), await desk.Account(trailing), await desk.Account(TestDesk.Terms with { Currency = Currency.Eur })];
        await Trade(desk, accounts);
        await desk.Tick();
        var before = await desk.Hash();

        // The first process never stops: it is frozen, as after kill -9 or a long pause, and its lease runs out.
        desk.StartProcess();

        Assert.Equal(before, await desk.Hash());
        var view = await desk.Live.View(accounts[1], TestContext.Current.CancellationToken);
        Assert.True(view!.State.Peak > 100_000m);
    }

    [Fact]
    public async Task An_account_that_has_grown_keeps_its_size_over_a_restart_and_its_terms_as_bought()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account(TestDesk.Terms with { ProfitTarget = null, Scaling = new ScalingTerms(4, new Percent(10), 2, 1.4m, 4_000_000m, new Percent(90)) });
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "one");
        var grow = new ScaleAccount(default, account, "grow", new Money(140_000m, Currency.Usd));

        var first = Assert.IsType<CommandOutcome.Accepted>(await desk.Send(grow));
        Assert.Equal(first.Events, Assert.IsType<CommandOutcome.Accepted>(await desk.Send(grow)).Events);
        Assert.Equal(RejectReason.InvalidAmount, Assert.IsType<CommandOutcome.Refused>(await desk.Send(grow with { ClientId = "again" })).Reason);
        await desk.Tick();
        var before = await desk.Hash();
        desk.StartProcess();

        Assert.Equal(before, await desk.Hash());
        var state = (await desk.Live.View(account, TestContext.Current.CancellationToken))!.State;
        Assert.Equal((140_000m, 133_000m, 126_000m), (state.Terms.InitialBalance, state.DailyFloor, state.OverallFloor));
        Assert.Equal(["100000", 140_000m], (await desk.Rows("select terms ->> 'initialBalance', scaled_size from trading_accounts where id = $1", account.Value)).Single());
        Assert.Single(await desk.Rows("select 1 from journal_entries where account_id = $1 and kind = 'account_scaled'", account.Value));
    }

    [Fact]
    public async Task A_process_that_lost_its_shard_writes_no_more()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        var old = desk.Live;
        // A long lease: the old one must not get the shard back because the machine was slow.
        desk.StartProcess(new TradingOptions { Lease = TimeSpan.FromMinutes(1) });
        await desk.Hash();

        var late = old.Send(new MarketOrder(default, account, "late", "EURUSD", Side.Buy, new Lots(1m), null, null), TestContext.Current.CancellationToken);
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "mine");

        Assert.False(late.IsCompleted);
        Assert.Equal("mine", Assert.Single(await desk.Rows("select order_id from positions where account_id = $1", account.Value))[0]);
    }

    [Fact]
    public async Task An_outcome_is_found_by_client_id_after_a_restart()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        var first = Assert.IsType<CommandOutcome.Accepted>(await desk.Buy(account, "before"));
        desk.StartProcess();

        var again = Assert.IsType<CommandOutcome.Accepted>(await desk.Buy(account, "before"));

        Assert.Equal(first.Events, again.Events);
        Assert.Single(await desk.Rows("select 1 from positions where account_id = $1", account.Value));
    }

    [Fact]
    public async Task A_commit_that_fails_is_followed_by_a_reload_and_the_order_is_done_once()
    {
        // A database of its own: ending every connection would also hit the tests beside this one.
        await using var alone = await Site.Start(TimeProvider.System, null);
        await using var desk = await TestDesk.Open(alone);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Tick();

        await Kill(desk);
        var outcome = await desk.Buy(account, "through");
        await Kill(desk);
        var again = await desk.Buy(account, "through");

        Assert.IsType<CommandOutcome.Accepted>(outcome);
        Assert.IsType<CommandOutcome.Accepted>(again);
        Assert.Single(await desk.Rows("select 1 from positions where account_id = $1", account.Value));
    }

    [Fact]
    public async Task A_command_the_database_cannot_store_fails_alone_and_the_others_of_its_batch_are_done()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Tick();

        var poisoned = desk.Buy(account, "zero\0byte");
        var healthy = desk.Buy(account, "healthy");

        await Assert.ThrowsAsync<PostgresException>(() => poisoned);
        Assert.IsType<CommandOutcome.Accepted>(await healthy);
        Assert.IsType<CommandOutcome.Accepted>(await desk.Buy(account, "later"));
    }

    private static async Task Trade(TestDesk desk, AccountId[] accounts)
    {
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Price("USDJPY", "150.000", "150.010");
        foreach (var account in accounts)
        {
            await desk.Buy(account, "a1", lots: "0.33");
            await desk.Buy(account, "a2", symbol: "USDJPY");
        }

        await desk.Price("EURUSD", "1.10777", "1.10790");
        await desk.Price("USDJPY", "150.577", "150.590");
        await desk.Send(new ClosePosition(default, accounts[0], "c1", new PositionNumber(1), new Lots(0.11m)));
        await desk.Send(new ModifyPosition(default, accounts[2], "m1", new PositionNumber(2), new Price(149.5m), null));
        desk.Clock.Advance(TimeSpan.FromDays(1));
        await desk.Tick();
        await desk.Price("EURUSD", "1.10601", "1.10612");
    }

    /// <summary>Ends every connection of the engine's role to this database, as a restart of the server does.</summary>
    private static async Task Kill(TestDesk desk)
    {
        var server = await PostgresServer.Shared;
        await server.Execute($"select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tradesense_engine' and datname = '{desk.Firm.Site.Database.Name}'");
    }
}
