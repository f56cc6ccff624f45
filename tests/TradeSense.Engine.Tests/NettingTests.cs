using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class NettingTests
{
    [Fact]
    public void Under_netting_an_order_on_the_other_side_closes_first_and_the_rest_turns_round() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD netting commission=1
        buy A 1.00 EURUSD sl 1.09000
        → filled A #1 buy 1 EURUSD 1.1 balance 99997
        price EURUSD 1.10300 1.10300
        buy A 2.00 EURUSD
        → filled A #1 buy 2 EURUSD 1.103 balance 99991
        = A #1.lots 3 #1.price 1.102 #1.stop 1.09 open 1 floating 300
        sell A 1.00 EURUSD
        → closed A #1 1 1.103 profit 100 balance 100088 netting
        price EURUSD 1.10250 1.10250
        sell A 3.00 EURUSD tp 1.10000
        → closed A #1 2 1.1025 profit 100 balance 100182 netting
        → filled A #2 sell 1 EURUSD 1.1025 balance 100179
        price EURUSD 1.09990 1.09990
        → closed A #2 1 1.0999 profit 260 balance 100436 takeProfit
        """);

    [Fact]
    public void What_netting_only_closes_needs_no_margin() => Scenario.Run("""
        price EURUSD 1.00000 1.00000
        account A 1000 USD netting
        buy A 1.00 EURUSD
        sell A 1.00 EURUSD
        → closed A #1 1 1 profit 0 balance 1000 netting
        buy A 1.00 EURUSD
        sell A 2.01 EURUSD
        → refused insufficient_margin
        sell A 2.00 EURUSD
        → closed A #2 1 1 profit 0 balance 1000 netting
        → filled A #3 sell 1 EURUSD 1 balance 1000
        """);

    [Fact]
    public void What_netting_only_closes_is_allowed_around_news_and_beyond_every_limit() => Scenario.Run("""
        at 2026-03-02 12:00:00
        price EURUSD 1.10000 1.10000
        account A 100000 USD netting news=5 maxTrades=1 maxOrder=2 daily=1 guard
        buy A 2.00 EURUSD
        limit A sell 1.00 EURUSD 1.10010 sl 1.20000
        news USD 2026-03-02T12:30:00Z
        at 2026-03-02 12:30:00
        sell A 0.50 EURUSD sl 1.20000
        → closed A #1 0.5 1.1 profit 0 balance 100000 netting
        sell A 2.00 EURUSD
        → refused rule_forbids
        price EURUSD 1.10010 1.10010
        → closed A #1 1 1.1001 profit 10 balance 100010 netting
        """);

    [Fact]
    public void Under_netting_the_open_lots_are_those_left_after_the_other_side_has_closed() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 1000000 USD netting maxOpen=10
        buy A 5.00 EURUSD
        sell A 15.01 EURUSD
        → refused rule_forbids
        limit A sell 15.01 EURUSD 1.20000
        → refused rule_forbids
        limit A sell 8.00 EURUSD 1.20000
        limit A sell 7.00 EURUSD 1.30000
        limit A sell 0.01 EURUSD 1.30000
        = A orders 3
        sell A 8.00 EURUSD
        → closed A #1 5 1.1 profit 0 balance 1000000 netting
        → filled A #2 sell 3 EURUSD 1.1 balance 1000000
        """);

    [Fact]
    public void The_guard_counts_only_lots_that_open_and_under_netting_all_that_one_stop_holds() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD daily=1 guard netting
        buy A 5.00 EURUSD
        sell A 15.00 EURUSD sl 1.10101
        → refused would_breach
        sell A 14.00 EURUSD sl 1.10101
        → closed A #1 5 1.1 profit 0 balance 100000 netting
        → filled A #2 sell 9 EURUSD 1.1 balance 100000
        sell A 1.00 EURUSD sl 1.10101
        → refused would_breach
        sell A 1.00 EURUSD
        → refused would_breach
        sell A 1.00 EURUSD tp 1.09000
        → refused would_breach
        sell A 1.00 EURUSD sl 1.10100
        → filled A #2 sell 1 EURUSD 1.1 balance 100000
        """);

    [Fact]
    public void A_reversal_needs_its_margin_under_netting_too() => Scenario.Run("""
        price EURUSD 1.00000 1.00000
        account A 1000 USD netting
        buy A 1.00 EURUSD
        price EURUSD 0.99990 0.99990
        reverse A #1
        → refused insufficient_margin
        price EURUSD 1.00010 1.00010
        reverse A #1
        → closed A #1 1 1.0001 profit 10 balance 1010 reverse
        → filled A #2 sell 1 EURUSD 1.0001 balance 1010
        """);
}
