using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Trading.Calculators;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Tests.Trading.Calculators;

/// <summary>Worked numbers: what anyone can check with pencil and paper.</summary>
public sealed class CalculatorTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_size_is_the_most_whole_steps_whose_loss_and_commissions_stay_within_the_risk()
    {
        var sum = new PositionSize(Quotes(("EURUSD", 1.10000m, 1.10010m))).Run(new CalculatorInput { Currency = "USD", Equity = "100000", Risk = "0.5", Entry = "1.10000", Stop = "1.09800" });

        // 0.5 % is 500; 20 pips of one lot are 200 and commissions 6: 500 ÷ 206 is 2.42, which loses 498.52.
        Assert.Equal((Side.Buy, 2.42m, 20m), (sum.Value.Side, sum.Value.Lots.Value, sum.Value.StopPips));
        Assert.Equal((498.52m, 14.52m, 2662m), (sum.Value.Loss.Amount, sum.Value.Commission.Amount, sum.Value.Margin.Amount));
    }

    [Fact]
    public void Without_an_entry_the_market_is_meant_and_a_stop_above_it_is_a_sale()
    {
        var sum = new PositionSize(Quotes(("EURUSD", 1.10000m, 1.10010m))).Run(new CalculatorInput { Currency = "USD", RiskBy = "money", Risk = "206", Stop = "1.10200" });

        Assert.Equal((Side.Sell, 1.10000m, 1m, Noon), (sum.Value.Side, sum.Value.Entry.Value, sum.Value.Lots.Value, sum.Value.Basis.AsOf));
    }

    [Theory]
    [InlineData("EURUSD", "USD", "1.00", 10)]
    [InlineData("EURUSD", "EUR", "1.00", 9.0909)]
    [InlineData("USDJPY", "USD", "1.00", 6.6667)]
    [InlineData("USDJPY", "JPY", "0.50", 500)]
    [InlineData("XAUUSD", "USD", "1.00", 10)]
    [InlineData("EURJPY", "GBP", "1.00", 5.3333)]
    public void A_pip_is_worth_what_it_moves_in_the_accounts_currency(string symbol, string currency, string lots, decimal expected)
    {
        var quotes = Quotes(("EURUSD", 1.1m, 1.1m), ("USDJPY", 150m, 150m), ("GBPJPY", 187.5m, 187.5m), ("EURJPY", 165m, 165m), ("XAUUSD", 2000m, 2000m));

        var sum = new PipValue(quotes).Run(new CalculatorInput { Symbol = symbol, Currency = currency, Lots = lots });

        Assert.Equal(expected, decimal.Round(sum.Value.Pip, 4, MidpointRounding.AwayFromZero));
    }

    [Fact]
    public void Where_the_pair_of_two_currencies_has_no_quote_the_conversion_goes_by_dollars()
    {
        var quotes = Quotes(("EURUSD", 1.1m, 1.1m), ("USDJPY", 150m, 150m));

        var sum = new PipValue(quotes).Run(new CalculatorInput { Symbol = "USDJPY", Currency = "EUR", Lots = "1.00" });

        // 1,000 yen are 6.6667 dollars, and those 6.0606 euros.
        Assert.Equal(6.0606m, decimal.Round(sum.Value.Pip, 4, MidpointRounding.AwayFromZero));
    }

    [Fact]
    public void Margin_is_the_volume_by_the_leverage_of_the_instruments_class()
    {
        var account = CalculatorAccount.Of(CalculatorAccount.Of(Currency.Usd, 1m, 100).Terms with { Rules = new TradingRules { LeverageOf = new ClassLeverage(Metals: 20) } }, 5_000m);
        var quotes = Quotes(("EURUSD", 1.1m, 1.1m), ("XAUUSD", 2000m, 2000m));

        Assert.Equal(1_100m, new MarginNeed(quotes).Run(new CalculatorInput { Symbol = "EURUSD", Lots = "1.00" }, account).Value.Margin.Amount);
        var gold = new MarginNeed(quotes).Run(new CalculatorInput { Symbol = "XAUUSD", Lots = "1.00" }, account).Value;
        Assert.Equal((10_000m, 20, -5_003m), (gold.Margin.Amount, gold.Leverage, gold.Free.Amount));
    }

    [Fact]
    public void Profit_is_converted_at_the_closing_price_when_the_pair_converts_itself()
    {
        var sum = new TradeProfit(Quotes(("USDJPY", 140m, 140.02m))).Run(new CalculatorInput { Symbol = "USDJPY", Currency = "USD", Lots = "1.00", Side = "Buy", Entry = "150.000", Exit = "151.000" });

        // 100,000 yen at 151 are 662.25; two commissions of 3.
        Assert.Equal((100m, 662.25m, 6m, 656.25m), (sum.Value.Pips, sum.Value.Profit.Amount, sum.Value.Commission.Amount, sum.Value.Net.Amount));
        Assert.Equal(-662.25m, new TradeProfit(Quotes(("USDJPY", 140m, 140m))).Run(new CalculatorInput { Symbol = "USDJPY", Currency = "USD", Side = "Sell", Entry = "150", Exit = "151" }).Value.Profit.Amount);
    }

    [Theory]
    [InlineData("Equity", "1,000", "calculator.invalid_number")]
    [InlineData("Equity", "0", "calculator.out_of_range")]
    [InlineData("Leverage", "2000", "calculator.out_of_range")]
    [InlineData("Leverage", "1.5", "calculator.out_of_range")]
    [InlineData("Risk", "101", "calculator.out_of_range")]
    [InlineData("Stop", "1.098001", "calculator.invalid_price")]
    [InlineData("Stop", "", "calculator.no_stop")]
    [InlineData("Entry", "1e5", "calculator.invalid_price")]
    [InlineData("Symbol", "ABC", "calculator.unknown_instrument")]
    [InlineData("Currency", "CZK", "calculator.unknown_currency")]
    [InlineData("Risk", "0.01", "calculator.risk_too_small")]
    public void What_is_wrong_is_told_beside_its_field(string field, string typed, string code)
    {
        var input = new CalculatorInput { Currency = "USD", Equity = "1000", Risk = "0.5", Entry = "1.10000", Stop = "1.09800" };
        typeof(CalculatorInput).GetProperty(field)!.SetValue(input, typed);

        var refusal = new PositionSize(Quotes(("EURUSD", 1.1m, 1.1m))).Run(input).Refusal!;

        Assert.Equal((code, field), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void Nothing_is_worked_out_without_a_price_or_a_way_between_the_currencies()
    {
        Assert.Equal("calculator.no_price", new PipValue(Quotes()).Run(new CalculatorInput { Currency = "USD" }).Refusal!.Code);
        Assert.Equal("calculator.no_price", new PipValue(Quotes(("EURUSD", 1.1m, 1.1m))).Run(new CalculatorInput { Currency = "JPY" }).Refusal!.Code);
        Assert.Equal("calculator.no_price", new TradeProfit(Quotes()).Run(new CalculatorInput { Currency = "JPY", Entry = "1.1", Exit = "1.2" }).Refusal!.Code);
    }

    internal static LatestQuotes Quotes(params (string Symbol, decimal Bid, decimal Ask)[] prices)
    {
        var quotes = new LatestQuotes();
        foreach (var (symbol, bid, ask) in prices) quotes.Put(new Quote(Noon, symbol, new Price(bid), new Price(ask)));
        return quotes;
    }
}
