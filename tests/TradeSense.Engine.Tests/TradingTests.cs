using Xunit;

namespace TradeSense.Engine.Tests;

public sealed class TradingTests
{
    [Fact]
    public void A_market_buy_fills_at_the_ask_and_closes_at_the_bid() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        → opened A 2026-03-02
        buy A 2.00 EURUSD
        → filled A #1 buy 2 EURUSD 1.1002 balance 100000
        = A balance 100000 floating -40 equity 99960 margin 2200.4 free 97759.6
        price EURUSD 1.10500 1.10520
        = A floating 960 equity 100960
        close A #1 0.50
        → closed A #1 0.5 1.105 profit 240 balance 100240 trader
        = A floating 720 open 1
        close A #1
        → closed A #1 1.5 1.105 profit 720 balance 100960 trader
        = A balance 100960 equity 100960 margin 0 open 0
        """);

    [Fact]
    public void Commission_is_charged_at_open_and_at_close() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD commission=1
        sell A 0.55 EURUSD
        → filled A #1 sell 0.55 EURUSD 1.1 balance 99998.35
        close A #1 0.11
        → closed A #1 0.11 1.1 profit 0 balance 99998.02 trader
        """);

    [Fact]
    public void The_markup_widens_the_spread_by_half_on_each_side_even_when_it_is_odd() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD markup=3
        buy A 1.00 EURUSD
        → filled A #1 buy 1 EURUSD 1.100215 balance 100000
        = A floating -23
        """);

    [Fact]
    public void Stops_and_targets_of_a_long_are_watched_on_the_bid_and_gaps_slip() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        buy A 1.00 EURUSD sl 1.09900 tp 1.10100
        buy A 1.00 EURUSD sl 1.09800
        price EURUSD 1.09901 1.09902
        price EURUSD 1.09890 1.09950
        → closed A #1 1 1.0989 profit -130 balance 99870 stopLoss
        modify A #2 tp 1.10100
        → modified A #2 sl - tp 1.101
        price EURUSD 1.09000 1.09010
        price EURUSD 1.10150 1.10160
        → closed A #2 1 1.1015 profit 130 balance 100000 takeProfit
        """);

    [Fact]
    public void Stops_and_targets_of_a_short_are_watched_on_the_ask() => Scenario.Run("""
        price XAUUSD 1284.065 1284.405
        account A 100000 USD
        sell A 1.00 XAUUSD sl 1285.00 tp 1283.00
        sell A 1.00 XAUUSD sl 1300.00 tp 1283.00
        price XAUUSD 1284.990 1284.999
        price XAUUSD 1283.000 1285.001
        → closed A #1 1 1285.001 profit -93.6 balance 99906.4 stopLoss
        price XAUUSD 1282.000 1283.001
        price XAUUSD 1282.000 1283.000
        → closed A #2 1 1283 profit 106.5 balance 100012.9 takeProfit
        """);

    [Fact]
    public void Levels_on_the_wrong_side_or_off_the_grid_are_refused() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        buy A 1.00 EURUSD sl 1.10000
        → refused invalid_price
        sell A 1.00 EURUSD sl 1.10020
        → refused invalid_price
        buy A 1.00 EURUSD tp 1.10000
        → refused invalid_price
        buy A 1.00 EURUSD sl 1.099001
        → refused invalid_price
        buy A 1.00 EURUSD sl 0
        → refused invalid_price
        """);

    [Fact]
    public void Sizes_outside_the_limits_or_between_two_steps_are_refused() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        buy A 0 EURUSD
        → refused invalid_quantity
        buy A -1 EURUSD
        → refused invalid_quantity
        buy A 0.015 EURUSD
        → refused invalid_quantity
        buy A 100.01 EURUSD
        → refused invalid_quantity
        buy A 1.00 EURUSD
        close A #1 1.01
        → refused invalid_quantity
        close A #1 0.999
        → refused invalid_quantity
        """);

    [Fact]
    public void The_first_reason_in_the_documented_order_is_given() => Scenario.Run("""
        account A 100 USD leverage=1
        buy Z 1.00 EURUSD
        → refused unknown_account
        account A 100 USD
        → refused duplicate_command
        buy A 1.00 NOPE
        → refused unknown_instrument
        buy A 0.001 EURUSD sl -1
        → refused invalid_quantity
        buy A 1.00 EURUSD sl -1
        → refused invalid_price
        buy A 1.00 EURUSD
        → refused no_price
        close A #1
        → refused unknown_position
        price EURUSD 1.10000 1.10020
        buy A 1.00 EURUSD
        → refused insufficient_margin
        end A reset
        → ended A reset balance 100
        buy A 1.00 NOPE
        → refused account_not_active
        end A again
        → refused account_not_active
        """);

    [Fact]
    public void A_stale_quote_is_no_price() => Scenario.Run("""
        at 2026-03-02 12:00:00
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        at 2026-03-02 12:00:10
        buy A 1.00 EURUSD
        → filled A #1 buy 1 EURUSD 1.1002 balance 100000
        at 2026-03-02 12:00:11
        buy A 1.00 EURUSD
        → refused no_price
        close A #1
        → refused no_price
        closeall A
        → refused no_price
        """, Scenario.Options with { Staleness = TimeSpan.FromSeconds(10) });

    [Fact]
    public void Outside_its_session_an_instrument_is_closed() => Scenario.Run("""
        at 2026-03-06 21:59:59
        price EURUSD 1.10000 1.10020
        price BTCUSD 60000 60010
        account A 100000 USD swapFree
        buy A 1.00 EURUSD
        → filled A #1 buy 1 EURUSD 1.1002 balance 100000
        at 2026-03-06 22:00:00
        buy A 1.00 EURUSD
        → refused market_closed
        close A #1
        → refused market_closed
        closeall A
        → refused market_closed
        buy A 0.10 BTCUSD
        → filled A #2 buy 0.1 BTCUSD 60010 balance 100000
        """, Scenario.Options with { EnforceSessions = true });

    [Fact]
    public void Without_weekend_holding_positions_close_at_the_weeks_last_quote_and_no_opening_follows() => Scenario.Run("""
        at 2026-03-06 21:59:58
        price EURUSD 1.10000 1.10020
        price BTCUSD 60000.00 60010.00
        account A 100000 USD noWeekend swapFree
        account B 100000 USD swapFree
        buy A 1.00 EURUSD
        buy A 0.10 BTCUSD
        buy B 1.00 EURUSD
        at 2026-03-06 22:00:00
        clock
        → closed A #1 1 1.1 profit -20 balance 99980 weekend
        → closed A #2 0.1 60000 profit -1 balance 99979 weekend
        buy A 0.10 BTCUSD
        → refused rule_forbids
        at 2026-03-08 21:00:00
        clock
        buy A 0.10 BTCUSD
        → filled A #3 buy 0.1 BTCUSD 60010 balance 99979
        = B open 1
        """);

    [Fact]
    public void Close_all_closes_oldest_first_and_settles_once() => Scenario.Run("""
        price EURUSD 1.10000 1.10000
        account A 100000 USD target=1
        closeall A
        buy A 1.00 EURUSD
        sell A 1.00 EURUSD
        price EURUSD 1.11500 1.11520
        closeall A
        → closed A #1 1 1.115 profit 1500 balance 101500 trader
        → closed A #2 1 1.1152 profit -1520 balance 99980 trader
        = A status active
        """);

    [Theory]
    [InlineData("JPY", "price USDJPY 150.000 150.020", "15000000", "15007500.5")]
    [InlineData("EUR", "price EURUSD 1.25000 1.25000", "100000", "100040")]
    [InlineData("CHF", "price USDCHF 0.80000 0.80000", "100000", "100040")]
    public void Profit_is_converted_at_the_mid_direct_or_inverse(string currency, string pair, string balance, string afterwards) => Scenario.Run($"""
        {pair}
        price GBPUSD 1.30000 1.30000
        account A {balance} {currency}
        buy A 0.10 GBPUSD
        price GBPUSD 1.30500 1.30500
        = A equity {afterwards}
        """);

    [Fact]
    public void Profit_goes_via_the_dollar_where_there_is_no_direct_pair() => Scenario.Run("""
        price EURJPY 160.000 160.000
        price USDJPY 160.000 160.000
        account A 100000 GBP
        buy A 1.00 EURJPY
        → refused no_price
        price GBPUSD 1.25000 1.25000
        buy A 1.00 EURJPY
        price EURJPY 161.000 161.000
        # 100,000 JPY are 625 USD are 500 GBP
        = A floating 500
        price USDJPY 200.000 200.000
        = A floating 400
        close A #1
        → closed A #1 1 161 profit 400 balance 100400 trader
        """, Scenario.Options with { Instruments = [.. Scenario.Options.Instruments.Where(i => i.Symbol != "GBPJPY")] });

    [Fact]
    public void Realised_profit_is_rounded_half_away_from_zero_and_floating_is_not() => Scenario.Run("""
        price GBPUSD 1.30000 1.30000
        price EURUSD 1.00000 1.00000
        account A 100000 EUR
        sell A 0.05 GBPUSD
        price EURUSD 1.60000 1.60000
        price GBPUSD 1.30001 1.30001
        # −0.05 USD are −0.03125 EUR
        = A floating -0.03125 equity 99999.96875
        close A #1
        → closed A #1 0.05 1.30001 profit -0.03 balance 99999.97 trader
        """);

    [Fact]
    public void Below_the_stop_out_level_the_largest_loser_goes_first_until_the_level_is_met() => Scenario.Run("""
        price EURUSD 1.00000 1.00000
        price GBPUSD 1.00000 1.00000
        account A 2000 USD leverage=100
        buy A 0.60 EURUSD
        buy A 1.00 GBPUSD
        = A margin 1600 level 125
        price EURUSD 0.99000 0.99000
        = A equity 1400 level 87.5
        price GBPUSD 0.99400 0.99400
        = A equity 800 level 50
        price GBPUSD 0.99399 0.99399
        → closed A #2 1 0.99399 profit -601 balance 1399 stopOut
        = A margin 600 open 1
        """);

    [Fact]
    public void An_order_may_use_the_whole_free_margin_but_not_a_cent_more() => Scenario.Run("""
        price EURUSD 1.00000 1.00000
        account A 1000 USD leverage=100
        account B 999.99 USD leverage=100
        buy A 1.00 EURUSD
        → filled A #1 buy 1 EURUSD 1 balance 1000
        buy B 1.00 EURUSD
        → refused insufficient_margin
        """);

    [Fact]
    public void Swap_is_charged_at_17_New_York_and_three_times_on_Wednesday() => Scenario.Run("""
        at 2026-03-03 12:00:00
        price EURUSD 1.10000 1.10000
        account A 100000 USD
        account B 100000 USD swapFree
        buy A 1.00 EURUSD
        sell B 1.00 EURUSD
        at 2026-03-03 22:00:00
        clock
        → swap A #1 -6.5 balance 99993.5
        at 2026-03-04 22:00:00
        clock
        → day A 2026-03-04 profit -6.5 daily - overall -
        → day B 2026-03-04 profit 0 daily - overall -
        → swap A #1 -19.5 balance 99974
        close A #1 0.40
        → closed A #1 0.4 1.1 profit 0 balance 99974 trader
        """);

    [Fact]
    public void The_firm_closes_an_account_with_its_positions() => Scenario.Run("""
        price EURUSD 1.10000 1.10020
        account A 100000 USD
        buy A 1.00 EURUSD
        end A timeLimit
        → closed A #1 1 1.1 profit -20 balance 99980 accountClosed
        → ended A timeLimit balance 99980
        """);

    [Fact]
    public void A_position_is_activity_until_it_closes_whoever_closes_it()
    {
        var scenario = Scenario.Run("""
            price EURUSD 1.10000 1.10000
            account A 100000 USD swapFree
            buy A 1.00 EURUSD sl 1.09000
            at 2026-04-02 14:00:00
            clock
            at 2026-04-02 15:00:00
            price EURUSD 1.08900 1.08900
            → closed A #1 1 1.089 profit -1100 balance 98900 stopLoss
            at 2026-04-03 15:00:00
            clock
            """, Scenario.Options);

        Assert.Equal(new DateTimeOffset(2026, 4, 2, 15, 0, 0, TimeSpan.Zero), scenario.Engine.State(scenario.Account("A"))!.LastActivityAt);
    }
}
