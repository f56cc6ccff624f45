using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class TradingRuleTests
{
    [Fact]
    public void A_swap_free_account_can_pay_a_fixed_fee_three_times_on_wednesday() => Scenario.Run("""
        at 2026-03-03 12:00:00
        price EURUSD 1.10000 1.10000
        account A 100000 USD swapFree fee=5
        buy A 0.50 EURUSD
        at 2026-03-03 22:00:00
        clock
        → swap A #1 -2.5 balance 99997.5
        at 2026-03-04 22:00:00
        clock
        → day A 2026-03-04 profit -2.5 daily - overall -
        → swap A #1 -7.5 balance 99990
        """);

    [Fact]
    public void Leverage_can_differ_by_class() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        price XAUUSD 2000.000 2000.000
        account A 100000 USD leverage=100 metals=20
        buy A 1.00 EURUSD
        = A margin 1100
        buy A 1.00 XAUUSD
        = A margin 11100
        """);

    [Fact]
    public void Spread_markup_can_differ_by_class() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        price XAUUSD 2000.000 2000.000
        account A 100000 USD markup=4 metalsMarkup=31
        buy A 1.00 EURUSD
        → filled A #1 buy 1 EURUSD 1.10002 balance 100000
        sell A 1.00 XAUUSD
        → filled A #2 sell 1 XAUUSD 1999.845 balance 100000
        = A floating -35
        limit A buy 1.00 XAUUSD 1990.00
        price XAUUSD 1989.850 1989.850
        = A orders 1
        price XAUUSD 1989.840 1989.845
        → filled A #3 buy 1 XAUUSD 1990 balance 100000 order !1
        """);

    [Fact]
    public void Sizes_and_numbers_are_limited_and_waiting_lots_count() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD maxOrder=2 maxOpen=3 maxPositions=2 maxTrades=4
        buy A 2.01 EURUSD
        → refused rule_forbids
        buy A 2.00 EURUSD
        limit A buy 1.00 EURUSD 1.09000
        limit A buy 0.01 EURUSD 1.09000
        → refused rule_forbids
        change A !1 0.50 1.09000
        buy A 0.60 EURUSD
        → filled A #2 buy 0.6 EURUSD 1.1 balance 100000
        buy A 0.01 EURUSD
        → refused rule_forbids
        close A #2
        buy A 0.10 EURUSD
        close A #3
        buy A 0.10 EURUSD
        close A #4
        buy A 0.10 EURUSD
        → refused rule_forbids
        at 2026-03-03 00:00:01
        price EURUSD 1.10000 1.10000
        buy A 0.10 EURUSD
        → filled A #5 buy 0.1 EURUSD 1.1 balance 99987
        """);

    [Fact]
    public void Around_news_nothing_opens_where_the_rule_blocks_and_closing_is_allowed() => Scenario.Run("""
        at 2026-03-02 12:00:00
        price EURUSD 1.10000 1.10000
        price EURJPY 160.000 160.000
        price USDJPY 150.000 150.000
        account A 100000 USD news=5
        buy A 1.00 EURUSD
        limit A buy 1.00 EURUSD 1.09000
        news USD 2026-03-02T12:30:00Z
        at 2026-03-02 12:25:00
        buy A 1.00 EURUSD
        → refused rule_forbids
        buy A 0.10 EURJPY
        → filled A #2 buy 0.1 EURJPY 160 balance 100000
        close A #1
        → closed A #1 1 1.1 profit 0 balance 100000 trader
        at 2026-03-02 12:35:00
        price EURUSD 1.08900 1.08900
        → cancelled A !1 notFillable rule_forbids
        at 2026-03-02 12:35:01
        buy A 1.00 EURUSD
        → filled A #3 buy 1 EURUSD 1.089 balance 100000
        """);

    [Fact]
    public void Around_news_part_of_a_profit_counts_towards_the_target_and_all_of_a_loss() => Scenario.Run("""
        at 2026-03-02 12:00:00
        price EURUSD 1.10000 1.10000
        account A 100000 USD news=5 counted=50 target=1
        news USD 2026-03-02T12:03:00Z
        buy A 10.00 EURUSD
        at 2026-03-02 13:00:00
        price EURUSD 1.10100 1.10100
        close A #1
        → closed A #1 10 1.101 profit 1000 balance 101000 trader
        = A status active
        buy A 10.00 EURUSD
        price EURUSD 1.10150 1.10150
        close A #2
        → closed A #2 10 1.1015 profit 500 balance 101500 trader
        → passed A balance 101500 days 1
        """);

    /// <summary>2,000 in the window count as 1,000, for the target and for the best day alike: with 1,000 more the best day is half of the whole.</summary>
    [Fact]
    public void What_news_leaves_out_of_the_target_is_no_part_of_the_best_day_either()
    {
        var scenario = Scenario.Run("""
            at 2026-03-02 12:00:00
            price EURUSD 1.10000 1.10000
            account A 100000 USD news=5 counted=50 target=2 consistency=50 swapFree
            news USD 2026-03-02T12:03:00Z
            buy A 10.00 EURUSD
            at 2026-03-02 13:00:00
            price EURUSD 1.10200 1.10200
            close A #1
            → closed A #1 10 1.102 profit 2000 balance 102000 trader
            """);
        var (engine, account) = (scenario.Engine, scenario.Account("A"));
        var restored = TradingEngine.Restore(Scenario.Options, engine.Now, [engine.State(account)!], engine.LastQuotes());
        Assert.Equal(engine.StateHash(), restored.StateHash());

        scenario.Tell("""
            at 2026-03-03 12:00:00
            price EURUSD 1.10200 1.10200
            = A best 1000
            buy A 10.00 EURUSD
            price EURUSD 1.10299 1.10299
            close A #2
            → closed A #2 10 1.10299 profit 990 balance 102990 trader
            buy A 1.00 EURUSD
            price EURUSD 1.10309 1.10309
            close A #3
            → closed A #3 1 1.10309 profit 10 balance 103000 trader
            → passed A balance 103000 days 2
            """);
        restored.Apply(new Inputs.ClockInput(new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero)), []);
        Assert.Equal(1000m, restored.State(account)!.BestDayProfit);
    }

    [Fact]
    public void What_news_leaves_out_makes_no_day_profitable() => Scenario.Run("""
        at 2026-03-02 12:00:00
        price EURUSD 1.10000 1.10000
        account A 100000 USD news=5 counted=50 target=1 minDays=1 profitableDay=1.5 swapFree
        news USD 2026-03-02T12:03:00Z
        buy A 10.00 EURUSD
        at 2026-03-02 13:00:00
        price EURUSD 1.10200 1.10200
        close A #1
        → closed A #1 10 1.102 profit 2000 balance 102000 trader
        at 2026-03-03 12:00:00
        price EURUSD 1.10200 1.10200
        = A days 0 status active
        """);

    [Fact]
    public void Coins_are_exempt_from_the_weekend_where_the_model_says_so() => Scenario.Run("""
        at 2026-03-06 21:59:58
        price EURUSD 1.10000 1.10020
        price BTCUSD 60000.00 60010.00
        account A 100000 USD noWeekend coins swapFree
        buy A 1.00 EURUSD
        buy A 0.10 BTCUSD
        at 2026-03-06 22:00:00
        clock
        → closed A #1 1 1.1 profit -20 balance 99980 weekend
        buy A 0.10 BTCUSD
        → filled A #3 buy 0.1 BTCUSD 60010 balance 99980
        buy A 1.00 EURUSD
        → refused rule_forbids
        limit A buy 1.00 EURUSD 1.09000
        → refused rule_forbids
        """);

    [Fact]
    public void Positions_that_are_not_held_overnight_close_before_the_night_costs_swap() => Scenario.Run("""
        at 2026-03-03 12:00:00
        price EURUSD 1.10000 1.10020
        account A 100000 USD closesOvernight day=America/New_York@17:00
        buy A 1.00 EURUSD
        at 2026-03-03 22:00:00
        clock
        → closed A #1 1 1.1 profit -20 balance 99980 overnight
        → day A 2026-03-03 profit -20 daily - overall -
        """);

    [Fact]
    public void The_guard_refuses_an_order_whose_stop_would_break_a_floor() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=1 guard
        buy A 10.00 EURUSD sl 1.09899
        → refused would_breach
        limit A buy 10.00 EURUSD 1.09500 sl 1.09399
        → refused would_breach
        buy A 10.00 EURUSD sl 1.09900
        → filled A #1 buy 10 EURUSD 1.1 balance 100000
        """);

    [Fact]
    public void Days_can_be_counted_by_their_profit() => Scenario.Run("""
        at 2026-03-02 12:00:00
        price EURUSD 1.10000 1.10000
        account A 100000 USD target=1 minDays=2 profitableDay=0.5 swapFree
        buy A 10.00 EURUSD
        price EURUSD 1.10050 1.10050
        close A #1
        = A days 0
        at 2026-03-03 12:00:00
        price EURUSD 1.10000 1.10000
        buy A 10.00 EURUSD
        price EURUSD 1.10049 1.10049
        close A #2
        = A days 1
        at 2026-03-04 12:00:00
        price EURUSD 1.10000 1.10000
        buy A 10.00 EURUSD
        price EURUSD 1.10050 1.10050
        close A #3
        → closed A #3 10 1.1005 profit 500 balance 101490 trader
        → passed A balance 101490 days 2
        """);

    [Fact]
    public void A_market_order_with_a_slippage_limit_is_not_filled_beyond_it()
    {
        var scenario = Scenario.Run("""
            price EURUSD 1.10000 1.10020
            account A 100000 USD
            """);

        scenario.Tell("buy A 1.00 EURUSD worst 1.10019\n→ refused no_price");
        scenario.Tell("buy A 1.00 EURUSD worst 1.10020\n→ filled A #1 buy 1 EURUSD 1.1002 balance 100000");
    }

    [Fact]
    public void On_christmas_day_only_coins_trade() => Scenario.Run("""
        at 2026-12-24 21:59:00
        price EURUSD 1.10000 1.10020
        price BTCUSD 60000.00 60010.00
        account A 100000 USD swapFree
        buy A 0.10 EURUSD
        → filled A #1 buy 0.1 EURUSD 1.1002 balance 100000
        at 2026-12-25 12:00:00
        clock
        buy A 0.10 EURUSD
        → refused market_closed
        buy A 0.10 BTCUSD
        → filled A #2 buy 0.1 BTCUSD 60010 balance 100000
        """, Scenario.Options with { EnforceSessions = true });

    [Fact]
    public void The_guard_holds_when_a_stop_is_moved_or_taken_away_after_the_fill() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=1 guard
        buy A 10.00 EURUSD sl 1.09950
        modify A #1 sl 1.09899
        → refused would_breach
        modify A #1 tp 1.11000
        → refused would_breach
        modify A #1 sl 1.09900 tp 1.11000
        → modified A #1 sl 1.099 tp 1.11
        price EURUSD 1.09910 1.09910
        modify A #1 sl 1.09905
        → modified A #1 sl 1.09905 tp -
        buy A 1.00 EURUSD
        modify A #2 sl 1.00000
        → refused would_breach
        """);

    [Fact]
    public void Without_the_guard_a_stop_goes_where_the_trader_wants() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=1
        buy A 10.00 EURUSD sl 1.09950
        modify A #1 sl 1.09000
        → modified A #1 sl 1.09 tp -
        modify A #1
        → modified A #1 sl - tp -
        """);

    [Fact]
    public void A_quote_from_outside_its_session_decides_nothing() => Scenario.Run("""
        at 2026-03-06 21:59:00
        price EURUSD 1.10000 1.10000
        price XAUUSD 2000.000 2000.000
        account A 100000 USD daily=5 swapFree
        buy A 1.00 EURUSD sl 1.09000
        buy A 1.00 XAUUSD tp 2010.00
        limit A buy 1.00 EURUSD 1.08000
        at 2026-03-07 15:00:00
        price EURUSD 1.04000 1.04000
        price XAUUSD 2020.000 2020.000
        = A equity 100000 open 2 orders 1 status active
        at 2026-03-08 21:00:00
        price EURUSD 1.09500 1.09500
        price XAUUSD 2020.000 2020.000
        = A equity 99500 open 2
        at 2026-03-08 22:00:00
        price XAUUSD 2015.000 2015.000
        → closed A #2 1 2015 profit 1500 balance 101500 takeProfit
        """, Scenario.Options with { EnforceSessions = true });

    [Fact]
    public void Margin_highs_follow_the_conversion_once_a_minute() => Scenario.Run("""
        at 2026-03-02 12:00:00
        price USDJPY 150.000 150.000
        account A 100000 USD
        buy A 1.00 USDJPY
        = A marginHigh 1000
        at 2026-03-02 12:00:10
        price USDJPY 120.000 120.000
        = A margin 1250 marginHigh 1000
        at 2026-03-02 12:01:00
        price USDJPY 150.000 150.000
        = A margin 1000 marginHigh 1250
        at 2026-03-03 00:00:00
        clock
        = A marginHigh 1000
        """);
}
