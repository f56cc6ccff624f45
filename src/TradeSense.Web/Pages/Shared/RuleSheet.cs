using System.Globalization;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Rules;

namespace TradeSense.Web.Pages.Shared;

/// <summary>All rules of a model for one account size, phase beside phase: what a visitor compares and what a firm sees before it publishes.</summary>
/// <param name="Phases">The columns: each phase, then the funded account.</param>
public sealed record RuleSheet(IReadOnlyList<string> Phases, IReadOnlyList<RuleSheet.Line> Lines, Money Size)
{
    /// <param name="Cells">The rule in short for each phase; null where it does not apply.</param>
    /// <param name="Texts">The rule in full, once for phases it reads the same in.</param>
    /// <param name="IsOpen">The full text shows without being asked for.</param>
    public sealed record Line(string Title, IReadOnlyList<string?> Cells, IReadOnlyList<Wording> Texts, bool IsOpen)
    {
        public bool IsSameInAllPhases => Cells.All(cell => cell == Cells[0]);
    }

    /// <param name="For">The phases it holds in; null when it is all of them.</param>
    public sealed record Wording(string? For, RuleText Rule);

    /// <param name="open">The rules whose full text shows at once.</param>
    public static RuleSheet Of(ModelDefinition model, decimal size, CultureInfo culture, params RuleKind[] open)
    {
        var phases = Enumerable.Range(0, model.FundedIndex + 1).Select(i => (model.PhaseAt(i).Name, Rules: RuleBook.Describe(model, i, size, culture))).ToList();
        var lines = phases.SelectMany(phase => phase.Rules).Select(rule => rule.Kind).Distinct().Order().Select(kind =>
        {
            var rules = phases.Select(phase => (phase.Name, Rule: phase.Rules.SingleOrDefault(rule => rule.Kind == kind))).ToList();
            var texts = rules.Where(pair => pair.Rule is not null)
                .GroupBy(pair => pair.Rule!.Words + string.Join('|', pair.Rule.Example.Select(step => step.Words)))
                .Select(group => new Wording(group.Count() == phases.Count ? null : string.Join(" and ", group.Select(pair => pair.Name)), group.First().Rule!)).ToList();
            return new Line(texts[0].Rule.Title, [.. rules.Select(pair => pair.Rule?.Short)], texts, open.Contains(kind));
        });
        return new RuleSheet([.. phases.Select(phase => phase.Name)], [.. lines], new Money(size, model.Currency));
    }
}
