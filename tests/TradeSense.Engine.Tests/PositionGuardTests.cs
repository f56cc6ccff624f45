using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class PositionGuardTests
{
    [Fact]
    public void A_trailing_stop_follows_every_quote_and_never_goes_back() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        buy A 1.00 EURUSD
        trail A #1 0.00100
        → guarded A #1 stop 1.099
        price EURUSD 1.10055 1.10075
        = A #1.stop 1.09955
        price EURUSD 1.09970 1.09990
        = A #1.stop 1.09955
        price EURUSD 1.10060 1.10080
        = A #1.stop 1.0996
        price EURUSD 1.09950 1.09970
        → closed A #1 1 1.0995 profit -70 balance 99930 stopLoss
        """);

    [Fact]
    public void A_trailing_stop_keeps_a_better_stop_that_stands_and_follows_a_short_on_the_ask() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD markup=2
        sell A 1.00 EURUSD sl 1.10050
        trail A #1 0.00100
        → guarded A #1 stop 1.1005
        price EURUSD 1.09900 1.09920
        = A #1.stop 1.10021
        trail A #1
        → guarded A #1 stop 1.10021
        price EURUSD 1.09800 1.09820
        = A #1.stop 1.10021
        """);

    [Fact]
    public void A_pending_order_brings_its_trailing_stop_which_moves_from_the_fill_on() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        limit A buy 1.00 EURUSD 1.09900 trail 0.00200
        price EURUSD 1.09880 1.09900
        → filled A #1 buy 1 EURUSD 1.099 balance 100000 order !1
        = A #1.stop 1.0968
        """);

    [Fact]
    public void Breakeven_moves_the_stop_once() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        buy A 1.00 EURUSD sl 1.09000
        even A #1 0.00200 0.00200
        → refused invalid_price
        even A #1 0.00200 0.00010
        → guarded A #1 stop 1.09
        price EURUSD 1.10219 1.10239
        = A #1.stop 1.09
        price EURUSD 1.10220 1.10240
        → moved A #1 stop 1.1003
        modify A #1 sl 1.09500
        → modified A #1 sl 1.095 tp -
        price EURUSD 1.10300 1.10320
        = A #1.stop 1.095
        """);

    [Fact]
    public void A_time_stop_closes_at_the_first_quote_at_or_after_its_time() => Scenario.Run("""
        at 2026-03-02 12:00:00
        price EURUSD 1.10000 1.10020
        price GBPUSD 1.30000 1.30020
        account A 100000 USD
        buy A 1.00 EURUSD
        timestop A #1 2026-03-02T12:30:00Z
        → guarded A #1 stop -
        at 2026-03-02 12:29:59
        price EURUSD 1.10000 1.10020
        = A open 1
        at 2026-03-02 12:30:00
        price GBPUSD 1.30000 1.30020
        = A open 1
        at 2026-03-02 12:30:05
        price EURUSD 1.10010 1.10030
        → closed A #1 1 1.1001 profit -10 balance 99990 timeStop
        """);

    [Fact]
    public void Inside_one_quote_stops_come_before_orders_and_trailing_stops_last() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        buy A 1.00 EURUSD sl 1.09900
        trail A #1 0.00100
        limit A buy 1.00 EURUSD 1.09920 trail 0.00050
        price EURUSD 1.09880 1.09900
        → closed A #1 1 1.0988 profit -140 balance 99860 stopLoss
        → filled A #2 buy 1 EURUSD 1.099 balance 99860 order !1
        = A #2.stop 1.0983
        """);

    [Fact]
    public void Reversing_closes_and_opens_as_much_on_the_other_side_or_does_nothing() => Scenario.Run("""
        price EURUSD 1.00000 1.00010
        account A 1100 USD leverage=100
        buy A 1.00 EURUSD
        reverse A #1
        → closed A #1 1 1 profit -10 balance 1090 reverse
        → filled A #2 sell 1 EURUSD 1 balance 1090
        reverse A #1
        → refused unknown_position
        price EURUSD 1.00090 1.00100
        reverse A #2
        → refused insufficient_margin
        = A open 1
        """);

    [Fact]
    public void Flat_means_no_position_and_no_order() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        buy A 1.00 EURUSD
        limit A buy 1.00 EURUSD 1.09900
        flatten A
        → cancelled A !1 trader
        → closed A #1 1 1.1 profit -20 balance 99980 trader
        """);

    [Fact]
    public void Excursions_and_margin_are_kept_for_reports() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD leverage=100
        price EURUSD 1.10500 1.10520
        buy A 1.00 EURUSD
        price EURUSD 1.10400 1.10420
        price EURUSD 1.10800 1.10820
        price EURUSD 1.10450 1.10470
        = A #1.worst 1.104 #1.best 1.108 #1.margin 1105.2 marginHigh 1105.2
        sell A 0.50 EURUSD
        price EURUSD 1.10430 1.10450
        = A #1.worst 1.104 #2.worst 1.1047 #2.best 1.1045 marginHigh 1657.45
        """);
}
