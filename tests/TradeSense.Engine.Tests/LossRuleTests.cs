using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class LossRuleTests
{
    [Fact]
    public void Below_the_daily_floor_the_account_ends_at_that_quote_and_the_balance_is_the_equity() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5 overall=10
        buy A 10.00 EURUSD
        price EURUSD 1.09500 1.09502
        = A equity 95000 room 0 status active
        price EURUSD 1.09499 1.09501
        → failed A dailyLoss floor 95000 equity 94990
        → closed A #1 10 1.09499 profit -5010 balance 94990 breach
        = A status failed balance 94990 equity 94990 room -10
        buy A 1.00 EURUSD
        → refused account_not_active
        close A #1
        → refused account_not_active
        payout A 5
        → refused account_not_active
        """);

    [Fact]
    public void A_pause_closes_everything_and_ends_with_the_day() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=2 effect=pause dailyCompare=atOrBelow swapFree
        buy A 10.00 EURUSD
        price EURUSD 1.09800 1.09802
        → paused A dailyLoss floor 98000 equity 98000
        → closed A #1 10 1.098 profit -2000 balance 98000 pause
        buy A 1.00 EURUSD
        → refused account_not_active
        at 2026-03-03 00:00:00
        price EURUSD 1.09800 1.09802
        → day A 2026-03-03 profit -2000 daily 96000 overall -
        → resumed A
        buy A 1.00 EURUSD
        → filled A #2 buy 1 EURUSD 1.09802 balance 98000
        """);

    [Fact]
    public void A_pause_never_hides_a_failure_and_a_tie_is_the_overall_rule() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=2 effect=pause overall=3
        account B 100000 USD daily=3 overall=3
        account C 100000 USD daily=2 overall=3
        buy A 10.00 EURUSD
        buy B 10.00 EURUSD
        buy C 10.00 EURUSD
        price EURUSD 1.09000 1.09000
        → failed A overallLoss floor 97000 equity 90000
        → closed A #1 10 1.09 profit -10000 balance 90000 breach
        → failed B overallLoss floor 97000 equity 90000
        → closed B #1 10 1.09 profit -10000 balance 90000 breach
        → failed C dailyLoss floor 98000 equity 90000
        → closed C #1 10 1.09 profit -10000 balance 90000 breach
        """);

    [Fact]
    public void An_open_loss_crosses_a_floor_that_rose_at_midnight_though_no_price_moved() => Scenario.Run("""
        at 2026-03-02 11:00:00
        price EURUSD 1.10000 1.10000
        account A 200000 USD daily=5 day=Europe/Prague@00:00 swapFree
        buy A 4.00 EURUSD
        price EURUSD 1.11000 1.11000
        close A #1
        → closed A #1 4 1.11 profit 4000 balance 204000 trader
        buy A 10.00 EURUSD
        price EURUSD 1.09700 1.09700
        = A equity 191000 daily 190000
        at 2026-03-02 23:00:00
        clock
        → day A 2026-03-03 profit 4000 daily 194000 overall -
        → failed A dailyLoss floor 194000 equity 191000
        → closed A #2 10 1.097 profit -13000 balance 191000 breach
        = A day 2026-03-03
        """);

    [Fact]
    public void A_peak_of_the_equity_follows_every_quote_and_its_floor_with_it() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 50000 USD overall=5 mode=trailingEquity
        buy A 1.00 EURUSD
        price EURUSD 1.10875 1.10875
        = A peak 50875 overall 48375
        price EURUSD 1.10000 1.10000
        = A peak 50875 overall 48375 room 1625
        price EURUSD 1.10876 1.10876
        = A peak 50876
        price EURUSD 1.08375 1.08375
        → failed A overallLoss floor 48376 equity 48375
        → closed A #1 1 1.08375 profit -1625 balance 48375 breach
        """);

    [Fact]
    public void A_peak_of_the_balance_follows_each_fill_and_stops_at_the_lock() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD overall=8 mode=trailingBalance lock=initial lockOffset=100
        buy A 10.00 EURUSD
        price EURUSD 1.10500 1.10500
        = A peak 100000 overall 92000
        close A #1 5
        = A peak 102500 overall 94500
        price EURUSD 1.12000 1.12000
        close A #1
        = A peak 112500 overall 100100
        """);

    [Fact]
    public void A_daily_rule_checked_at_the_end_of_the_day_forgives_a_dip_but_not_the_close() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=5 evaluate=endOfDay swapFree
        account B 100000 USD daily=5 evaluate=endOfDay swapFree
        buy A 10.00 EURUSD
        buy B 10.00 EURUSD
        price EURUSD 1.09000 1.09000
        = A status active equity 90000
        close B #1
        price EURUSD 1.09600 1.09600
        at 2026-03-03 00:00:00
        clock
        → day A 2026-03-03 profit 0 daily 95000 overall -
        → failed B dailyLoss floor 95000 equity 90000
        = B day 2026-03-02 balance 90000
        """);

    [Fact]
    public void The_target_with_no_position_open_and_the_days_met_passes_the_phase_once() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD target=8 minDays=2 swapFree
        buy A 10.00 EURUSD
        price EURUSD 1.10900 1.10900
        closeall A
        → closed A #1 10 1.109 profit 9000 balance 109000 trader
        at 2026-03-03 09:00:00
        sell A 0.01 EURUSD
        buy A 0.01 EURUSD
        close A #3
        → closed A #3 0.01 1.109 profit 0 balance 109000 trader
        close A #2
        → closed A #2 0.01 1.109 profit 0 balance 109000 trader
        → passed A balance 109000 days 2
        buy A 0.01 EURUSD
        → refused account_not_active
        at 2026-03-05 09:00:00
        clock
        = A status passed day 2026-03-03
        """);

    [Fact]
    public void Consistency_holds_a_phase_open_until_the_best_day_is_small_enough() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD target=5 consistency=50 swapFree
        buy A 10.00 EURUSD
        price EURUSD 1.10500 1.10500
        close A #1
        → closed A #1 10 1.105 profit 5000 balance 105000 trader
        at 2026-03-03 09:00:00
        buy A 10.00 EURUSD
        price EURUSD 1.10999 1.10999
        close A #2
        → closed A #2 10 1.10999 profit 4990 balance 109990 trader
        = A best 5000
        buy A 1.00 EURUSD
        price EURUSD 1.11009 1.11009
        close A #3
        → closed A #3 1 1.11009 profit 10 balance 110000 trader
        → passed A balance 110000 days 2
        """);

    [Fact]
    public void A_payout_leaves_the_balance_moves_the_floor_as_the_rule_says_and_may_not_cross_it() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD overall=8 mode=trailingBalance payout=lowersPeak lock=initial
        account B 100000 USD overall=8 payout=liftsToInitial
        account C 100000 USD overall=8 daily=1
        buy A 1.00 EURUSD
        buy B 1.00 EURUSD
        buy C 1.00 EURUSD
        price EURUSD 1.13000 1.13000
        closeall A
        closeall B
        closeall C
        payout A 3000
        → paid A 3000 balance 100000 overall 92000
        payout B 3000.01
        → refused would_breach
        payout B 3000
        → paid B 3000 balance 100000 overall 100000
        payout C 4000.01
        → refused would_breach
        payout C 0
        → refused invalid_amount
        payout C 3000.01
        → refused invalid_amount
        payout C 2000
        = C balance 101000 today 3000
        """);

    [Fact]
    public void A_payout_that_comes_back_undoes_what_it_did_to_balance_and_floors() => Scenario.Run("""
        at 2026-03-02 12:00:00
        price EURUSD 1.10000 1.10000
        account A 100000 USD overall=8 mode=trailingBalance payout=lowersPeak
        account B 100000 USD overall=8 payout=liftsToInitial
        buy A 1.00 EURUSD
        buy B 1.00 EURUSD
        price EURUSD 1.13000 1.13000
        closeall A
        closeall B
        payout A 2000
        → paid A 2000 balance 101000 overall 93000
        return A 2000.01
        → refused invalid_amount
        return A 2000
        → returned A 2000 balance 103000 overall 95000
        payout B 1000
        → paid B 1000 balance 102000 overall 100000
        payout B 500
        return B 500
        → returned B 500 balance 102000 overall 100000
        return B 1000
        → returned B 1000 balance 103000 overall 92000
        """);

    [Fact]
    public void Days_that_passed_in_silence_are_rolled_one_by_one() => Scenario.Run("""
        at 2026-03-06 12:00:00
        account A 100000 USD daily=5 day=America/New_York@17:00
        at 2026-03-09 21:00:00
        clock
        → day A 2026-03-06 profit 0 daily 95000 overall -
        → day A 2026-03-07 profit 0 daily 95000 overall -
        → day A 2026-03-08 profit 0 daily 95000 overall -
        → day A 2026-03-09 profit 0 daily 95000 overall -
        """);
}
