using System.Globalization;

namespace TradeSense.Benchmarks.Measuring;

/// <summary>What is asked of a row: a ratio to the baseline, or a figure that stands alone.</summary>
public sealed record Goal(bool IsRatio, bool IsAtLeast, decimal Figure)
{
    public static Goal RatioAtLeast(decimal ratio) => new(true, true, ratio);
    public static Goal RatioAtMost(decimal ratio) => new(true, false, ratio);
    public static Goal AtLeast(decimal figure) => new(false, true, figure);
    public static Goal AtMost(decimal figure) => new(false, false, figure);

    public bool IsMet(decimal figure) => IsAtLeast ? figure >= Figure : figure <= Figure;
}

/// <summary>One line of the table.</summary>
/// <param name="Target">P1 to P14, as the design numbers them.</param>
/// <param name="Baseline">Null where nothing is the barest way, as with bytes that should not be there at all.</param>
public sealed record ResultRow(string Target, string Work, Unit Unit, Figures Product, Figures? Baseline, Goal Goal)
{
    public decimal? Ratio => Baseline is null ? null : Product.RatioTo(Baseline);

    public bool IsMet => Goal.IsMet(Goal.IsRatio ? Ratio ?? throw new InvalidOperationException($"{Work}: a ratio to nothing.") : Product.Median);
}

/// <summary>Rows as they come, each beside its baseline; at the end what was missed.</summary>
public sealed class ResultTable(TextWriter output)
{
    private readonly List<ResultRow> _rows = [];

    public void Head()
    {
        output.WriteLine($"{"",-4} {"work",-46} {"TradeSense",18}   {"baseline",-44} {"",18} {"ratio",7}  {"target",-12}");
        output.WriteLine(new string('─', 168));
    }

    public void Add(ResultRow row)
    {
        _rows.Add(row);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{row.Target,-4} {row.Work,-46} {Text(row.Product, row.Unit),18}   {row.Baseline?.Name,-44} {(row.Baseline is null ? "" : Text(row.Baseline, row.Unit)),18} {row.Ratio,7:0.00}  {Text(row.Goal, row.Unit),-12} {(row.IsMet ? "met" : "missed")}"));
    }

    /// <summary>A line of its own below the row it explains.</summary>
    public void Note(FormattableString text) => output.WriteLine("     " + text.ToString(CultureInfo.InvariantCulture));

    public void Foot()
    {
        output.WriteLine(new string('─', 168));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_rows.Count(row => row.IsMet)} met, {_rows.Count(row => !row.IsMet)} missed"));
    }

    /// <summary>Figures of one reading, for what is counted rather than timed.</summary>
    public static Figures Counted(string name, decimal value) => new(name, [new Reading(value)]);

    private static string Text(Figures figures, Unit unit) => string.Create(CultureInfo.InvariantCulture, $"{Text(figures.Median, unit)} ±{figures.Spread * 50m:0} %");

    private static string Text(Goal goal, Unit unit) =>
        (goal.IsAtLeast ? "≥ " : "≤ ") + (goal.IsRatio ? goal.Figure.ToString("0.##", CultureInfo.InvariantCulture) + " ×" : Text(goal.Figure, unit));

    private static string Text(decimal value, Unit unit) => unit switch
    {
        Unit.PerSecond => string.Create(CultureInfo.InvariantCulture, $"{value:N0}/s"),
        Unit.Milliseconds => string.Create(CultureInfo.InvariantCulture, $"{value:N1} ms"),
        Unit.Seconds => string.Create(CultureInfo.InvariantCulture, $"{value:N2} s"),
        Unit.Kilobytes => string.Create(CultureInfo.InvariantCulture, $"{value:N1} KB"),
        Unit.Bytes => string.Create(CultureInfo.InvariantCulture, $"{value:N0} bytes"),
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };
}
