using System.Globalization;
using TradeSense.Modules.Challenges.Rules;

namespace TradeSense.Web.Pages.Shared;

/// <summary>A worked example as a drawing: equity from step to step and the floor under it. The steps beside it say the same in words.</summary>
/// <param name="Floor">The floor as a stepped line: it holds until the next step moves it.</param>
public sealed record ExampleChart(string Equity, string Floor, IReadOnlyList<ExampleChart.Dot> Dots)
{
    public const int Width = 320, Height = 96;
    private const int Margin = 12;

    public sealed record Dot(string X, string Y);

    /// <summary>Null where there is nothing to see: a floor that stays says it better in words. Of the last safe equity and the first that is not, one dot is enough.</summary>
    public static ExampleChart? Of(IReadOnlyList<ExampleStep> example)
    {
        var steps = example.Where(step => step is { Path: 0, Equity: not null, Floor: not null }).Select(step => (Equity: step.Equity!.Value, Floor: step.Floor!.Value)).ToList();
        if (steps.Select(step => step.Floor).Distinct().Count() < 2) return null;

        steps = [.. steps.Where((step, i) => i == steps.Count - 1 || Math.Abs(step.Equity - steps[i + 1].Equity) > 1m || step.Floor != steps[i + 1].Floor)];
        var (low, high) = (steps.Min(step => Math.Min(step.Equity, step.Floor)), steps.Max(step => Math.Max(step.Equity, step.Floor)));
        var reach = Math.Max(high - low, 0.01m);
        string X(decimal place) => Text(Margin + place * (Width - 2 * Margin) / (steps.Count - 1));
        string Y(decimal amount) => Text(Margin + (high - amount) / reach * (Height - 2 * Margin));

        var equity = string.Join(' ', steps.Select((step, i) => $"{X(i)},{Y(step.Equity)}"));
        var floor = string.Join(' ', steps.Select((step, i) => i == 0 ? $"{X(0)},{Y(step.Floor)}" : $"{X(i)},{Y(steps[i - 1].Floor)} {X(i)},{Y(step.Floor)}"));
        return new ExampleChart(equity, floor, [.. steps.Select((step, i) => new Dot(X(i), Y(step.Equity)))]);
    }

    private static string Text(decimal value) => decimal.Round(value, 1, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);
}
