namespace TradeSense.Web.Pages.Site.Calculators;

public enum CalculatorKind { PositionSize, PipValue, Margin, Profit, Drawdown }

/// <summary>The calculators' names: in addresses, on tabs and in one sentence.</summary>
public static class CalculatorKinds
{
    public static IReadOnlyList<CalculatorKind> All { get; } = Enum.GetValues<CalculatorKind>();

    public static CalculatorKind? Find(string? slug) => slug is null ? CalculatorKind.PositionSize : All.Where(kind => kind.Slug() == slug).Cast<CalculatorKind?>().FirstOrDefault();

    public static string Slug(this CalculatorKind kind) => kind switch
    {
        CalculatorKind.PositionSize => "position-size",
        CalculatorKind.PipValue => "pip-value",
        CalculatorKind.Margin => "margin",
        CalculatorKind.Profit => "profit",
        CalculatorKind.Drawdown => "drawdown",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Title(this CalculatorKind kind) => kind switch
    {
        CalculatorKind.PositionSize => "Position size",
        CalculatorKind.PipValue => "Pip value",
        CalculatorKind.Margin => "Margin",
        CalculatorKind.Profit => "Profit",
        CalculatorKind.Drawdown => "Drawdown",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string Question(this CalculatorKind kind) => kind switch
    {
        CalculatorKind.PositionSize => "How many lots, so that the stop loss costs no more than you mean to risk?",
        CalculatorKind.PipValue => "What is a pip worth for this size, in the account’s currency?",
        CalculatorKind.Margin => "How much of the equity does a position bind?",
        CalculatorKind.Profit => "What does a trade from one price to another bring or cost?",
        CalculatorKind.Drawdown => "Where are today’s floor and the overall floor, and how much is left before each?",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
