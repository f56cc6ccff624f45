using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class ReinstateTests
{
    [Fact]
    public void A_failed_account_trades_on_from_the_balance_stated_under_the_floors_of_its_verdict() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5 overall=10
        buy A 2.00 EURUSD
        price EURUSD 1.07400 1.07400
        → failed A dailyLoss floor 95000 equity 94800
        → closed A #1 2 1.074 profit -5200 balance 94800 breach
        reinstate A 100000
        → reinstated A balance 100000 correction 5200 daily 95000 overall 90000
        = A status active balance 100000 daily 95000 overall 90000 open 0
        buy A 2.00 EURUSD
        → filled A #2 buy 2 EURUSD 1.074 balance 100000
        price EURUSD 1.04800 1.04800
        → failed A dailyLoss floor 95000 equity 94800
        → closed A #2 2 1.048 profit -5200 balance 94800 breach
        """);

    [Fact]
    public void Days_that_went_by_are_made_up_by_one_day_start_and_the_next_starts_on_time() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5 overall=10
        buy A 2.00 EURUSD
        price EURUSD 1.07400 1.07400
        at 2026-03-05 12:00:00
        clock
        reinstate A 99000
        → reinstated A balance 99000 correction 4200 daily 95000 overall 90000
        → day A 2026-03-05 profit -1000 daily 94000 overall 90000
        at 2026-03-06 12:00:00
        clock
        → day A 2026-03-06 profit 0 daily 94000 overall 90000
        """);

    [Fact]
    public void Reinstated_on_the_day_of_its_verdict_an_account_starts_the_next_day_once() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5
        buy A 2.00 EURUSD
        price EURUSD 1.07400 1.07400
        reinstate A 100000
        at 2026-03-03 12:00:00
        clock
        → day A 2026-03-03 profit 0 daily 95000 overall -
        """);

    [Fact]
    public void A_balance_that_would_fail_again_and_an_account_that_has_not_failed_are_refused() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5 overall=10
        reinstate A 100000
        → refused account_not_failed
        buy A 2.00 EURUSD
        price EURUSD 1.07400 1.07400
        reinstate A 94999
        → refused would_breach
        at 2026-03-04 12:00:00
        reinstate A 89999
        → refused would_breach
        reinstate A 0
        → refused invalid_amount
        reinstate A 94999
        → reinstated A balance 94999 correction 199 daily 95000 overall 90000
        → day A 2026-03-04 profit -5001 daily 89999 overall 90000
        """);

    [Fact]
    public void A_restart_after_a_reinstatement_goes_on_the_same()
    {
        var scenario = Scenario.Run("""
            price EURUSD 1.10000 1.10000
            account A 100000 USD daily=5 overall=8 mode=trailingEquity
            buy A 2.00 EURUSD
            price EURUSD 1.10500 1.10500
            → peak A 101000 overall 93000
            price EURUSD 1.05000 1.05000
            → failed A dailyLoss floor 95000 equity 90000
            → closed A #1 2 1.05 profit -10000 balance 90000 breach
            reinstate A 100000
            """);
        var (engine, account) = (scenario.Engine, scenario.Account("A"));

        var restored = TradingEngine.Restore(Scenario.Options, engine.Now, [engine.State(account)!], engine.LastQuotes());

        Assert.Equal(engine.StateHash(), restored.StateHash());
        var later = engine.Now.AddDays(2);
        foreach (var one in (TradingEngine[])[engine, restored]) one.Apply(new ClockInput(later), []);
        Assert.Equal(new DateOnly(2026, 3, 4), engine.State(account)!.TradingDay);
        Assert.Equal(engine.StateHash(), restored.StateHash());
    }

    [Fact]
    public void A_pause_is_undone_on_its_day_and_one_that_is_over_is_not() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5 effect=pause swapFree
        buy A 2.00 EURUSD
        price EURUSD 1.07400 1.07400
        → paused A dailyLoss floor 95000 equity 94800
        → closed A #1 2 1.074 profit -5200 balance 94800 pause
        reinstate A 94900
        → refused would_breach
        reinstate A 100000
        → reinstated A balance 100000 correction 5200 daily 95000 overall -
        buy A 2.00 EURUSD
        → filled A #2 buy 2 EURUSD 1.074 balance 100000
        price EURUSD 1.04800 1.04800
        at 2026-03-03 00:00:00
        clock
        → day A 2026-03-03 profit -5200 daily 89800 overall -
        → resumed A
        reinstate A 100000
        → refused account_not_failed
        """);
}
