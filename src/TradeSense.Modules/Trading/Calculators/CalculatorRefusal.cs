namespace TradeSense.Modules.Trading.Calculators;

public static class CalculatorRefusal
{
    public static Refusal UnknownInstrument { get; } = new("calculator.unknown_instrument", "Symbol");
    public static Refusal UnknownCurrency { get; } = new("calculator.unknown_currency", "Currency");
    public static Refusal NoPrice { get; } = new("calculator.no_price", "Symbol");
    public static Refusal InvalidNumber { get; } = new("calculator.invalid_number");
    public static Refusal OutOfRange { get; } = new("calculator.out_of_range");
    public static Refusal InvalidLots { get; } = new("calculator.invalid_lots", "Lots");
    public static Refusal InvalidPrice { get; } = new("calculator.invalid_price");
    public static Refusal NoStop { get; } = new("calculator.no_stop", "Stop");
    public static Refusal RiskTooSmall { get; } = new("calculator.risk_too_small", "Risk");
}
