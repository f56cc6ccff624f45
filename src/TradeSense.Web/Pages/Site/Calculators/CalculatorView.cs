using TradeSense.Modules.Trading.Calculators;

namespace TradeSense.Web.Pages.Site.Calculators;

/// <summary>What can be typed into any of the calculators; the address of a page holds it, so that a sum can be sent to somebody.</summary>
public sealed record CalculatorQuery : CalculatorInput
{
    /// <summary>The symbol that the prices were typed for: with another one they are offered anew.</summary>
    public string? For { get; init; }

    /// <summary>The drawdown calculator's plan: model, phase and size.</summary>
    public string? Model { get; init; }
    public string? Phase { get; init; }
    public string? Size { get; init; }

    public string? DayBalance { get; init; }
    public string? DayEquity { get; init; }
    public string? Highest { get; init; }
    public string? NowEquity { get; init; }
}

/// <summary>One input of a calculator with what was wrong with it.</summary>
/// <param name="Options">Value and words; null for an input of text.</param>
public sealed record CalculatorField(string Name, string Label, string? Value, string? Unit = null, string? Hint = null, IReadOnlyList<(string Value, string Words)>? Options = null, string? Error = null, bool IsWide = false);

/// <summary>One calculator: the form, and the answer when there is one.</summary>
/// <param name="Base">The address without the kind; each kind is one step below it.</param>
/// <param name="For">What the figures typed belong to: the symbol, or the plan.</param>
/// <param name="Account">The account it reckons for, in words; null on the public site.</param>
public sealed record CalculatorView(CalculatorKind Kind, string Base, string? Account, string Symbol, string For, IReadOnlyList<CalculatorField> Fields, CalculatorAnswer? Answer)
{
    public string Action => $"{Base}/{Kind.Slug()}";

    public string PathOf(CalculatorKind kind) => $"{Base}/{kind.Slug()}?symbol={Symbol}";

    /// <summary>In the terminal what was worked out can be put into the ticket.</summary>
    public bool IsInTerminal => Account is not null;
}

/// <summary>What came out, written the brand's way.</summary>
/// <param name="Figure">The answer itself; the lines explain it.</param>
/// <param name="Rate">The conversion it rests on, in words; null when none was needed.</param>
/// <param name="Use">What the ticket can take over: lots and stop loss as its fields write them.</param>
/// <param name="Meters">Rooms before floors.</param>
public sealed record CalculatorAnswer(
    string Label, string Figure, IReadOnlyList<CalculatorAnswer.Line> Lines, string? Warning = null, string? Rate = null, DateTimeOffset? AsOf = null, CalculatorAnswer.Ticket? Use = null,
    IReadOnlyList<Shared.RoomMeter>? Meters = null)
{
    public sealed record Line(string Label, string Value);

    public sealed record Ticket(string Lots, string? Stop);
}
