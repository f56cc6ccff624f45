using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
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
    public async Task The_rows_are_the_engines_state_after_random_trading_however_often_it_restarts()
    {
        await using var desk = await TestDesk.Open(site);
        AccountId[] accounts = [await desk.Account(), await desk.Account(TestDesk.Terms with { Rules = new TradingRules { Netting = true } })];
        var random = new Random(41);
        await desk.Price("EURUSD", "1.10000", "1.10010");
        for (var step = 1; step <= 160; step++)
        {
            await Trade(desk, accounts[random.Next(2)], random, step);
            if (step % 40 != 0) continue;

            desk.Clock.Advance(TimeSpan.FromHours(8));
            await desk.Tick();
            var before = await desk.Hash();
            desk.StartProcess();
            Assert.Equal(before, await desk.Hash());
        }

        // What trades carry of commission and swap is what the engine charged, however positions were netted and closed in parts.
        await desk.Price("EURUSD", "1.10000", "1.10010");
        foreach (var account in accounts)
        {
            Assert.IsType<CommandOutcome.Accepted>(await desk.Send(new CloseAllPositions(default, account, "all")));
            var booked = Assert.Single(await desk.Rows("select count(*), sum(profit - commission + swap) from trades where account_id = $1", account.Value));
            Assert.True((long)booked[0]! > 10);
            Assert.Equal(100_000m + (decimal)booked[1]!, Assert.Single(await desk.Rows("select balance from trading_accounts where id = $1", account.Value))[0]);
        }
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
    public async Task A_stop_that_only_a_quote_of_a_failed_commit_crossed_fires_at_that_quote()
    {
        await using var alone = await Site.Start(TimeProvider.System, null);
        await using var desk = await TestDesk.Open(alone);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Send(new MarketOrder(default, account, "b", "EURUSD", Side.Buy, new Lots(1m), new Price(1.09900m), null));

        await Kill(desk);
        await desk.Price("EURUSD", "1.09890", "1.09900");
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Tick();

        Assert.Equal([1.09890m, "StopLoss"], (await desk.Rows("select close_price, reason from trades where account_id = $1", account.Value)).Single());
    }

    [Fact]
    public async Task A_shard_that_is_taken_over_hears_what_the_archive_has_since_and_nothing_that_is_too_old()
    {
        await using var alone = await Site.Start(TimeProvider.System, null);
        await using var desk = await TestDesk.Open(alone);
        var (account, late) = (await desk.Account(), await desk.Account());
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Price("USDJPY", "150.000", "150.010");
        await desk.Send(new MarketOrder(default, account, "b", "EURUSD", Side.Buy, new Lots(1m), new Price(1.09900m), null));
        await desk.Send(new MarketOrder(default, late, "b", "USDJPY", Side.Buy, new Lots(1m), new Price(149m), null));
        var at = desk.Clock.GetUtcNow();
        await Archive(alone, new Quote(at.AddSeconds(5), "USDJPY", new Price(148.900m), new Price(148.910m)), new Quote(at.AddSeconds(6), "USDJPY", new Price(150.000m), new Price(150.010m)));
        await Archive(
            alone, new Quote(at.AddMinutes(3), "EURUSD", new Price(1.09880m), new Price(1.09890m)), new Quote(at.AddMinutes(3).AddSeconds(1), "EURUSD", new Price(1.10000m), new Price(1.10010m)));

        desk.Clock.Advance(TimeSpan.FromMinutes(6.5));
        desk.StartProcess(new TradingOptions { Lease = TimeSpan.FromSeconds(1), HearsArchive = true });
        await desk.Hash();

        Assert.Equal([1.09880m, "StopLoss"], (await desk.Rows("select close_price, reason from trades where account_id = $1", account.Value)).Single());
        Assert.Empty(await desk.Rows("select 1 from trades where account_id = $1", late.Value));
    }

    [Fact]
    public async Task The_worst_price_of_a_position_outlives_a_stop_at_once_and_a_kill_from_the_next_minute_on()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "b");
        await desk.Price("EURUSD", "1.09000", "1.09010");
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Stop();
        Assert.Equal(1.09000m, (await desk.Rows("select worst from positions where account_id = $1", account.Value)).Single()[0]);

        desk.StartProcess();
        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Price("EURUSD", "1.10000", "1.10010");
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Tick();
        desk.StartProcess();
        await desk.Send(new ClosePosition(default, account, "c", new PositionNumber(1), null));

        Assert.Equal(1.08000m, (await desk.Rows("select worst from trades where account_id = $1", account.Value)).Single()[0]);
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

    /// <summary>Anything that changes a position: opened, netted, closed in part, protected, guarded, and prices that move stops.</summary>
    private static async Task Trade(TestDesk desk, AccountId account, Random random, int step)
    {
        var (id, number, mid) = ($"s{step}", new PositionNumber(random.Next(1, 8)), 1.1m + random.Next(-40, 41) / 100_000m);
        AccountCommand? command = random.Next(9) switch
        {
            0 or 1 or 2 => new MarketOrder(default, account, id, "EURUSD", random.Next(2) == 0 ? Side.Buy : Side.Sell, new Lots(random.Next(1, 40) / 100m), null, null),
            3 => new ClosePosition(default, account, id, number, new Lots(random.Next(1, 20) / 100m)),
            4 => new ModifyPosition(default, account, id, number, new Price(1.09m), null),
            5 => new SetTrailingStop(default, account, id, number, new Price(0.0004m)),
            6 => random.Next(4) == 0 ? new CloseAllPositions(default, account, id) : new SetBreakeven(default, account, id, number, new Breakeven(new Price(0.0002m), null)),
            _ => null,
        };
        if (command is not null) await desk.Send(command);
        else await desk.Price("EURUSD", mid.ToString(System.Globalization.CultureInfo.InvariantCulture), (mid + 0.0001m).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Task Archive(Site site, params Quote[] quotes) => site.Services.GetRequiredService<QuoteArchive>().Write(
        new ArchiveBatch([new QuoteMinute(quotes[0].Symbol, BarPeriod.M1.OpenOf(quotes[0].At), quotes)], [], []), TestContext.Current.CancellationToken);

    /// <summary>Ends every connection of the engine's role to this database, as a restart of the server does.</summary>
    private static async Task Kill(TestDesk desk)
    {
        var server = await PostgresServer.Shared;
        await server.Execute($"select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tradesense_engine' and datname = '{desk.Firm.Site.Database.Name}'");
    }
}
