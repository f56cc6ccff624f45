using System.Globalization;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Firm.Models;

/// <summary>What a draft would mean: its rules as traders would read them, what it changes and for whom, or why it cannot be published.</summary>
/// <param name="Problems">Field and words; the field is the input's id.</param>
/// <param name="Rules">Null while there are problems: rules that contradict each other have no example.</param>
public sealed record ModelPreview(
    ModelDefinition Definition, IReadOnlyList<(string? Field, string Words)> Problems, RuleSheet? Rules, IReadOnlyList<ModelPreview.Change> Changes, ModelDetail.Picture? Model)
{
    private const decimal UsualSize = 100_000m;

    /// <param name="Before">Null: the line is new.</param>
    /// <param name="After">Null: the line is gone.</param>
    public sealed record Change(string Title, string? Before, string? After);

    /// <summary>What this version changes, and for whom it changes nothing.</summary>
    public string Verdict
    {
        get
        {
            var newest = Model?.Newest.Number ?? 0;
            var running = Model?.Versions.Sum(version => version.Running + version.Funded) ?? 0;
            var difference = Changes.Count == 0 ? "Nothing differs from the version on offer." : $"Version {newest + 1} differs from version {newest} in this:";
            var kept = running switch { 0 => "No challenge runs under an earlier version.", 1 => "One running challenge keeps its version.", _ => $"{running} running challenges keep theirs." };
            return $"{kept} {difference}";
        }
    }

    public static ModelPreview Of(ModelDefinition draft, IReadOnlyList<(string? Field, string Words)> problems, ModelDetail.Picture? model, CultureInfo culture)
    {
        if (problems.Count > 0) return new ModelPreview(draft, problems, null, [], model);

        var size = SizeFor(draft);
        var rules = RuleSheet.Of(draft, size, culture, RuleKind.DailyLoss, RuleKind.OverallLoss);
        return new ModelPreview(draft, [], rules, model is null ? [] : [.. Differences(model.Newest.Definition, draft, size, culture)], model);
    }

    /// <summary>The size examples are worked out for: the one nearest to 100,000.</summary>
    public static decimal SizeFor(ModelDefinition model) => model.Sizes.MinBy(size => Math.Abs(size.Balance - UsualSize))!.Balance;

    private static IEnumerable<Change> Differences(ModelDefinition before, ModelDefinition after, decimal size, CultureInfo culture)
    {
        var figures = new Figures(culture, after.Currency);
        var (old, fresh) = (Told(before, size, culture, figures), Told(after, size, culture, figures));
        return old.Keys.Union(fresh.Keys).Where(title => old.GetValueOrDefault(title) != fresh.GetValueOrDefault(title))
            .Select(title => new Change(title, old.GetValueOrDefault(title).Short, fresh.GetValueOrDefault(title).Short));
    }

    /// <summary>Each line of the model by its title: in short for people, in full to notice a change that the short form does not show.</summary>
    private static Dictionary<string, (string? Short, string? Full)> Told(ModelDefinition model, decimal size, CultureInfo culture, Figures figures)
    {
        var sheet = RuleSheet.Of(model, size, culture);
        var told = new Dictionary<string, (string?, string?)>
        {
            ["Name"] = (model.Name, null), ["Summary"] = (model.Summary, null), ["Phases"] = (string.Join(" → ", sheet.Phases), null),
            ["Reset discount"] = (figures.Percent(model.ResetDiscount), null),
        };
        foreach (var line in sheet.Lines)
            told[line.Title] = (line.IsSameInAllPhases ? line.Cells[0] : string.Join(", ", sheet.Phases.Zip(line.Cells).Where(pair => pair.Second is not null).Select(pair => $"{pair.First} {pair.Second}")),
                string.Join(' ', line.Texts.Select(text => text.For + text.Rule.Words)));
        foreach (var price in model.Sizes) told[$"Price of {figures.Money(price.Balance)}"] = (figures.Money(price.Price), null);
        return told;
    }
}
