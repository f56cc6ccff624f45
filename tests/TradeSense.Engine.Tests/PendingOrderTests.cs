using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class PendingOrderTests
{
    [Fact]
    public void A_limit_waits_for_its_price_and_fills_at_the_quote_or_better() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        limit A buy 1.00 EURUSD 1.09900 sl 1.09500 tp 1.10500
        → placed A !1 buy 1 EURUSD limit 1.099
        limit A sell 1.00 EURUSD 1.10100
        → placed A !2 sell 1 EURUSD limit 1.101
        price EURUSD 1.09890 1.09901
        = A open 0 orders 2
        price EURUSD 1.09870 1.09890
        → filled A #1 buy 1 EURUSD 1.0989 balance 100000 order !1
        price EURUSD 1.10110 1.10130
        → filled A #2 sell 1 EURUSD 1.1011 balance 100000 order !2
        price EURUSD 1.09490 1.09510
        → closed A #1 1 1.0949 profit -400 balance 99600 stopLoss
        = A open 1 orders 0
        """);

    [Fact]
    public void A_stop_triggers_beyond_its_price_and_slips_with_a_gap() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        stop A buy 1.00 EURUSD 1.10100
        stop A sell 1.00 EURUSD 1.09900
        price EURUSD 1.10090 1.10099
        = A open 0
        price EURUSD 1.10150 1.10170
        → triggered A !1
        → filled A #1 buy 1 EURUSD 1.1017 balance 100000 order !1
        price EURUSD 1.09900 1.09920
        → triggered A !2
        → filled A #2 sell 1 EURUSD 1.099 balance 100000 order !2
        """);

    [Fact]
    public void A_stop_limit_becomes_a_limit_and_may_fill_on_the_quote_that_triggered_it() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        stoplimit A buy 1.00 EURUSD 1.10100 1.10120
        → placed A !1 buy 1 EURUSD stopLimit 1.101 at 1.1012
        stoplimit A buy 1.00 EURUSD 1.10100 1.10200
        price EURUSD 1.10140 1.10160
        → triggered A !1
        → triggered A !2
        → filled A #1 buy 1 EURUSD 1.1016 balance 100000 order !2
        price EURUSD 1.10130 1.10150
        = A open 1 orders 1
        price EURUSD 1.10100 1.10120
        → filled A #2 buy 1 EURUSD 1.1012 balance 100000 order !1
        """);

    [Fact]
    public void An_order_whose_price_is_there_already_fills_at_once() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        limit A buy 1.00 EURUSD 1.10050
        → placed A !1 buy 1 EURUSD limit 1.1005
        → filled A #1 buy 1 EURUSD 1.1002 balance 100000 order !1
        stop A sell 1.00 EURUSD 1.10010
        → placed A !2 sell 1 EURUSD stop 1.1001
        → triggered A !2
        → filled A #2 sell 1 EURUSD 1.1 balance 100000 order !2
        """);

    [Fact]
    public void The_markup_moves_the_price_an_order_waits_for() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD markup=4
        limit A buy 1.00 EURUSD 1.09900
        limit A sell 1.00 EURUSD 1.10100
        price EURUSD 1.09899 1.09899
        = A open 0
        price EURUSD 1.09898 1.09898
        → filled A #1 buy 1 EURUSD 1.099 balance 100000 order !1
        price EURUSD 1.10101 1.10101
        = A open 1
        price EURUSD 1.10102 1.10102
        → filled A #2 sell 1 EURUSD 1.101 balance 100000 order !2
        """);

    [Fact]
    public void Of_an_oco_a_fill_or_trigger_of_one_cancels_the_other_in_the_same_step() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        oco A buy limit 1.00 EURUSD 1.09900 | buy stoplimit 1.00 EURUSD 1.10200 1.10210
        → placed A !1 buy 1 EURUSD limit 1.099
        → placed A !2 buy 1 EURUSD stopLimit 1.102 at 1.1021
        oco A sell limit 1.00 EURUSD 1.10300 | sell stop 1.00 EURUSD 1.09800
        price EURUSD 1.10220 1.10240
        → triggered A !2
        → cancelled A !1 oco
        price EURUSD 1.09700 1.09720
        → filled A #1 buy 1 EURUSD 1.0972 balance 100000 order !2
        → triggered A !4
        → cancelled A !3 oco
        → filled A #2 sell 1 EURUSD 1.097 balance 100000 order !4
        = A orders 0
        """);

    [Fact]
    public void A_scaled_order_is_one_to_cancel_and_loses_no_lot() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        scaled A buy 1.00 EURUSD 1.09900 1.09700 3
        → placed A !1 buy 0.34 EURUSD limit 1.099
        → placed A !2 buy 0.33 EURUSD limit 1.098
        → placed A !3 buy 0.33 EURUSD limit 1.097
        scaled A sell 1.00 EURUSD 1.10100 1.10200 4 weighted
        → placed A !4 sell 0.1 EURUSD limit 1.101
        → placed A !5 sell 0.2 EURUSD limit 1.10133
        → placed A !6 sell 0.3 EURUSD limit 1.10167
        → placed A !7 sell 0.4 EURUSD limit 1.102
        price EURUSD 1.09870 1.09890
        → filled A #1 buy 0.34 EURUSD 1.0989 balance 100000 order !1
        cancel A !2 group
        → cancelled A !2 trader
        → cancelled A !3 trader
        cancel A !2
        → refused unknown_order
        cancelall A
        → cancelled A !4 trader
        → cancelled A !5 trader
        → cancelled A !6 trader
        → cancelled A !7 trader
        """);

    [Fact]
    public void Orders_end_with_the_day_or_at_their_time_and_fill_no_more_then() => Scenario.Run("""
        at 2026-03-02 12:00:00
        price EURUSD 1.10000 1.10020
        account A 100000 USD day=Europe/Prague@00:00
        limit A buy 1.00 EURUSD 1.09900 day
        limit A buy 1.00 EURUSD 1.09900 until 2026-03-02T13:00:00Z
        limit A buy 1.00 EURUSD 1.09900
        limit A buy 1.00 EURUSD 1.09900 until 2026-03-02T11:00:00Z
        → refused invalid_price
        at 2026-03-02 13:00:00
        clock
        → cancelled A !2 expired
        at 2026-03-02 23:00:00
        price EURUSD 1.09800 1.09820
        → cancelled A !1 expired
        → day A 2026-03-03 profit 0 daily - overall -
        → filled A #1 buy 1 EURUSD 1.0982 balance 100000 order !3
        """);

    [Fact]
    public void An_order_can_be_changed_and_waits_for_its_new_price() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        limit A buy 1.00 EURUSD 1.09900
        change A !1 2.00 1.09500 sl 1.09000
        → changed A !1 buy 2 EURUSD limit 1.095
        price EURUSD 1.09870 1.09890
        = A open 0
        change A !1 2.00 1.09500 sl 1.09500
        → refused invalid_price
        change A !9 2.00 1.09500
        → refused unknown_order
        price EURUSD 1.09480 1.09500
        → filled A #1 buy 2 EURUSD 1.095 balance 100000 order !1
        """);

    [Fact]
    public void What_cannot_be_filled_when_its_price_comes_is_cancelled_with_the_reason() => Scenario.Run("""
        price EURUSD 1.00000 1.00000
        account A 1500 USD leverage=100
        limit A buy 1.00 EURUSD 0.99900
        limit A buy 1.00 EURUSD 0.99800
        limit A buy 2.00 EURUSD 0.99800
        → refused insufficient_margin
        price EURUSD 0.99800 0.99800
        → filled A #1 buy 1 EURUSD 0.998 balance 1500 order !1
        → cancelled A !2 notFillable insufficient_margin
        """);

    [Fact]
    public void Nothing_is_left_waiting_after_a_verdict_a_pause_a_pass_or_the_end() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD overall=1
        account B 100000 USD daily=1 effect=pause
        account C 100000 USD target=1
        account D 100000 USD
        buy A 10.00 EURUSD
        buy B 10.00 EURUSD
        sell C 10.00 EURUSD
        limit A buy 1.00 EURUSD 1.09850
        limit B buy 1.00 EURUSD 1.05000
        limit C buy 1.00 EURUSD 1.05000
        limit D buy 1.00 EURUSD 1.05000
        price EURUSD 1.09850 1.09850
        → filled A #2 buy 1 EURUSD 1.0985 balance 100000 order !1
        → failed A overallLoss floor 99000 equity 98500
        → closed A #1 10 1.0985 profit -1500 balance 98500 breach
        → closed A #2 1 1.0985 profit 0 balance 98500 breach
        → paused B dailyLoss floor 99000 equity 98500
        → closed B #1 10 1.0985 profit -1500 balance 98500 pause
        → cancelled B !1 pause
        close C #1
        → closed C #1 10 1.0985 profit 1500 balance 101500 trader
        → cancelled C !1 passed
        → passed C balance 101500 days 1
        end D reset
        → cancelled D !1 accountClosed
        → ended D reset balance 100000
        price EURUSD 1.04000 1.04000
        = A orders 0 open 0
        = B orders 0 open 0
        """);

    [Fact]
    public void The_first_reason_in_the_documented_order_is_given() => Scenario.Run("""
        account A 100 USD leverage=1
        limit A buy 1.00 NOPE 1.10000
        → refused unknown_instrument
        limit A buy 0.001 EURUSD -1
        → refused invalid_quantity
        limit A buy 1.00 EURUSD 1.100001
        → refused invalid_price
        stoplimit A buy 1.00 EURUSD 1.10000 0
        → refused invalid_price
        limit A buy 1.00 EURUSD 1.10000 sl 1.10000
        → refused invalid_price
        limit A buy 1.00 EURUSD 1.10000 tp 1.10000
        → refused invalid_price
        limit A buy 1.00 EURUSD 1.10000 trail 0
        → refused invalid_price
        oco A buy limit 1.00 EURUSD -1 | buy stop 0.001 EURUSD 1.20000
        → refused invalid_quantity
        cancel A !1
        → refused unknown_order
        price EURUSD 1.10000 1.10020
        limit A buy 1.00 EURUSD 1.09000
        → refused insufficient_margin
        end A reset
        → ended A reset balance 100
        cancel A !1
        → refused account_not_active
        """);
}
