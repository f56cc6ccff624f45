using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Calculators;

namespace TradeSense.Web.Pages.Site.Calculators;

/// <summary>The inputs of each calculator. An account that is traded brings its own currency, equity and leverage.</summary>
internal static class CalculatorFields
{
    private static readonly IReadOnlyList<(string, string)> Symbols = [.. InstrumentCatalog.All.Select(instrument => (instrument.Symbol, instrument.Symbol))];
    private static readonly IReadOnlyList<(string, string)> Currencies = [.. CalculatorAccount.Currencies.Select(currency => (currency.Code, currency.Code))];

    public static IReadOnlyList<CalculatorField> Of(CalculatorKind kind, CalculatorQuery input, Instrument instrument, string currency, bool hasAccount)
    {
        CalculatorField symbol = new("Symbol", "Instrument", instrument.Symbol, Options: Symbols), money = new("Currency", "Account currency", currency, Options: Currencies);
        CalculatorField lots = new("Lots", "Size", input.Lots, "lots"), entry = new("Entry", "Entry price", input.Entry, instrument.QuoteCurrency.Code, "Empty: at the market.");
        CalculatorField[] account = hasAccount ? [] : [money, new("Equity", "Equity", input.Equity, currency), new("Leverage", "Leverage, 1 to", input.Leverage)];
        return kind switch
        {
            CalculatorKind.PositionSize =>
            [
                symbol, .. account,
                new("RiskBy", "Risk in", input.RiskBy, Options: [("percent", "% of equity"), ("money", currency)]),
                new("Risk", "Risk", input.Risk, input.RiskBy is "money" ? currency : "%"),
                entry, new("Stop", "Stop loss", input.Stop, instrument.QuoteCurrency.Code, "Below the entry for a buy, above it for a sell."),
            ],
            CalculatorKind.PipValue => [symbol, .. hasAccount ? Array.Empty<CalculatorField>() : [money], lots],
            CalculatorKind.Margin => [symbol, .. account, lots, entry],
            CalculatorKind.Profit =>
            [
                symbol, .. hasAccount ? Array.Empty<CalculatorField>() : [money], new("Side", "Direction", input.Side, Options: [("Buy", "Buy"), ("Sell", "Sell")]), lots,
                entry with { Hint = null }, new("Exit", "Closing price", input.Exit, instrument.QuoteCurrency.Code),
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }
}
