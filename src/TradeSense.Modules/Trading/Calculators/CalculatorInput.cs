namespace TradeSense.Modules.Trading.Calculators;

/// <summary>As typed: texts, so that a comma is told instead of being read as something else. Each calculator reads the fields it needs.</summary>
public record CalculatorInput
{
    public string? Symbol { get; init; } = "EURUSD";
    public string? Currency { get; init; }
    public string? Leverage { get; init; } = "100";
    public string? Equity { get; init; } = "100000";
    public string? Lots { get; init; } = "1.00";
    public string? Side { get; init; } = "Buy";

    /// <summary>percent of the equity, or money.</summary>
    public string? RiskBy { get; init; } = "percent";
    public string? Risk { get; init; } = "0.5";

    /// <summary>Empty: at the market.</summary>
    public string? Entry { get; init; }
    public string? Stop { get; init; }
    public string? Exit { get; init; }
}
