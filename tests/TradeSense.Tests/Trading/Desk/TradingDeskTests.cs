using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

public sealed class TradingDeskTests(Site site)
{
    [Fact]
    public async Task A_reinstated_account_is_active_in_the_tables_told_once_and_the_same_after_a_restart()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Tick();
        var again = new ReinstateAccount(default, account, "appeal:1", new Money(99_985m, Currency.Usd), "appeal");

        Assert.IsType<CommandOutcome.Accepted>(await desk.Send(again));
        Assert.IsType<CommandOutcome.Accepted>(await desk.Send(again));

        var row = Assert.Single(await desk.Rows("select status, balance, ended_at, breach from trading_accounts where id = $1", account.Value));
        Assert.Equal(["Active", 99_985m, null, null], row);
        Assert.Single(await desk.Rows("select 1 from outbox_messages where tenant_id = $1 and kind = 'trading.account_reinstated'", desk.Firm.Tenant.Id));
        var hash = await desk.Hash();
        desk.StartProcess();
        Assert.Equal(hash, await desk.Hash());
    }

    [Fact]
    public async Task An_order_is_answered_with_its_fill_after_journal_position_and_balance_are_stored()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");

        var outcome = Assert.IsType<CommandOutcome.Accepted>(await desk.Buy(account, "a1"));

        var opened = Assert.IsType<PositionOpened>(Assert.Single(outcome.Events));
        Assert.Equal(1.10010m, opened.Price.Value);
        var row = Assert.Single(await desk.Rows("select balance, journal_length from trading_accounts where id = $1", account.Value));
        Assert.Equal([99_997m, 2L], row);
        Assert.Equal(["account_opened", "position_opened"], (await desk.Rows("select kind from journal_entries where account_id = $1 order by sequence", account.Value)).Select(entry => entry[0]));
        Assert.Equal("EURUSD", Assert.Single(await desk.Rows("select symbol from positions where account_id = $1", account.Value))[0]);
    }

    [Fact]
    public async Task A_closed_position_becomes_trades_that_carry_the_whole_commission_and_add_up_to_the_balance()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1");
        await desk.Price("EURUSD", "1.10110", "1.10120");

        await desk.Send(new ClosePosition(default, account, "c1", new PositionNumber(1), new Lots(0.3m)));
        await desk.Send(new CloseAllPositions(default, account, "c2"));

        var trades = await desk.Rows("select lots, profit, commission, swap from trades where account_id = $1 order by lots", account.Value);
        Assert.Equal([0.3m, 30m, 1.8m, 0m], trades[0]);
        Assert.Equal([0.7m, 70m, 4.2m, 0m], trades[1]);
        Assert.Equal(100_094m, Assert.Single(await desk.Rows("select balance from trading_accounts where id = $1", account.Value))[0]);
        Assert.Empty(await desk.Rows("select 1 from positions where account_id = $1", account.Value));
    }

    [Fact]
    public async Task The_same_client_id_gives_the_first_outcome_again_and_other_content_is_a_duplicate()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        var first = Assert.IsType<CommandOutcome.Accepted>(await desk.Buy(account, "same"));
        await desk.Price("EURUSD", "1.20000", "1.20010");

        var again = Assert.IsType<CommandOutcome.Accepted>(await desk.Buy(account, "same"));
        var other = Assert.IsType<CommandOutcome.Refused>(await desk.Buy(account, "same", lots: "2"));

        Assert.Equal(first.Events, again.Events);
        Assert.Equal(RejectReason.DuplicateCommand, other.Reason);
        Assert.Single(await desk.Rows("select 1 from positions where account_id = $1", account.Value));
    }

    [Fact]
    public async Task A_refusal_is_remembered_as_an_outcome_too()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        var first = Assert.IsType<CommandOutcome.Refused>(await desk.Buy(account, "early"));
        await desk.Price("EURUSD", "1.10000", "1.10010");

        var again = await desk.Buy(account, "early");

        Assert.Equal(RejectReason.NoPrice, first.Reason);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task An_unknown_account_is_refused_and_leaves_nothing()
    {
        await using var desk = await TestDesk.Open(site);
        await desk.Price("EURUSD", "1.10000", "1.10010");
        var stranger = new AccountId(Guid.CreateVersion7());

        var outcome = Assert.IsType<CommandOutcome.Refused>(await desk.Buy(stranger, "x"));

        Assert.Equal(RejectReason.UnknownAccount, outcome.Reason);
        Assert.Empty(await desk.Rows("select 1 from journal_entries where account_id = $1", stranger.Value));
    }

    [Fact]
    public async Task The_journal_is_a_chain_from_its_root_to_the_head_in_the_account()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1");
        await desk.Buy(account, "a2", lots: "999");
        await desk.Send(new CloseAllPositions(default, account, "c"));

        var previous = JournalEntry.Root;
        var entries = await desk.Rows("select sequence, kind, body, hash from journal_entries where account_id = $1 order by sequence", account.Value);
        foreach (var entry in entries)
        {
            previous = JournalEntry.HashOf(previous, account.Value, (long)entry[0]!, (string)entry[1]!, (string)entry[2]!);
            Assert.Equal(previous, entry[3]);
        }

        Assert.Equal(4, entries.Count);
        Assert.Equal(previous, Assert.Single(await desk.Rows("select journal_head from trading_accounts where id = $1", account.Value))[0]);
    }

    [Fact]
    public async Task A_command_repeated_many_times_at_once_is_answered_each_time_and_done_once()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        var first = Assert.IsType<CommandOutcome.Accepted>(await desk.Buy(account, "a1"));

        var again = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => desk.Buy(account, "a1")));

        Assert.All(again, outcome => Assert.Equal(first.Events, Assert.IsType<CommandOutcome.Accepted>(outcome).Events));
        Assert.Single(await desk.Rows("select 1 from positions where account_id = $1", account.Value));
    }

    [Fact]
    public async Task A_full_queue_refuses_busy_instead_of_growing()
    {
        await using var desk = await TestDesk.Open(site, new TradingOptions { QueueLength = 4 });
        await desk.Tick();
        var account = new AccountId(Guid.CreateVersion7());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => desk.Buy(account, $"o{i}")));

        Assert.Contains(outcomes, outcome => outcome is CommandOutcome.Refused { Reason: RejectReason.Busy });
        Assert.Contains(outcomes, outcome => outcome is CommandOutcome.Refused { Reason: RejectReason.UnknownAccount });
    }

    [Fact]
    public async Task A_watcher_gets_the_picture_of_each_change_and_the_newest_only()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await using var pictures = desk.Live.Watch(account, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await pictures.MoveNextAsync());
        Assert.Empty(pictures.Current.Positions);

        var next = pictures.MoveNextAsync();
        await desk.Buy(account, "a1");

        Assert.True(await next);
        Assert.Equal(99_997m, pictures.Current.State.Balance);
        Assert.Equal(-10m, pictures.Current.Floating);
    }

    [Fact]
    public async Task A_day_start_in_a_quiet_market_is_stored_once_for_each_account()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        desk.Clock.Advance(TimeSpan.FromDays(2));

        await desk.Tick();
        await desk.Tick();

        var days = await desk.Rows("select day from day_snapshots where account_id = $1 order by day", account.Value);
        Assert.Equal(new object[] { new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 4) }, days.Select(row => row[0]));
    }

    [Fact]
    public async Task A_breach_stores_its_receipt_and_tells_the_outbox_in_the_same_commit()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "a1", lots: "5");
        await desk.Price("EURUSD", "1.08000", "1.08010");
        await desk.Tick();

        var receipt = Assert.Single(await desk.Rows("select rule, effect, floor, equity, evidence from breaches where account_id = $1", account.Value));
        Assert.Equal(["DailyLoss", "Fail", 95_000m, 89_935m], receipt[..4].Select(value => value is decimal amount ? amount / 1.0000000m : value));
        Assert.Contains("1.08", (string)receipt[4]!, StringComparison.Ordinal);
        Assert.Equal("Failed", Assert.Single(await desk.Rows("select status from trading_accounts where id = $1", account.Value))[0]);
        Assert.Single(await desk.Rows("select 1 from outbox_messages where kind = 'trading.account_failed' and key like $1", $"{account.Value}%"));
    }
}
