using System.Globalization;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Site;

/// <summary>A model on the home page: what it is, its lowest price, and the four rules people compare first.</summary>
/// <param name="Facts">Rule and figures, phase after phase.</param>
public sealed record PlanCard(string Slug, string Name, string Summary, Money Price, Money Size, IReadOnlyList<PlanCard.Fact> Facts)
{
    public sealed record Fact(string Title, string Words);

    private static readonly RuleKind[] Compared = [RuleKind.ProfitTarget, RuleKind.DailyLoss, RuleKind.OverallLoss, RuleKind.Split];

    public static PlanCard Of(OfferedModels.Offer offer, CultureInfo culture)
    {
        var model = offer.Definition;
        var cheapest = model.Sizes.MinBy(size => size.Price)!;
        var rules = Enumerable.Range(0, model.FundedIndex + 1).SelectMany(phase => RuleBook.Describe(model, phase, cheapest.Balance, culture)).Where(rule => Compared.Contains(rule.Kind));
        var facts = rules.GroupBy(rule => rule.Kind).OrderBy(rule => Array.IndexOf(Compared, rule.Key)).Select(rule => new Fact(rule.First().Title, string.Join(" → ", rule.Select(text => text.Short).Distinct())));
        return new PlanCard(offer.Slug, model.Name, model.Summary, new Money(cheapest.Price, model.Currency), new Money(cheapest.Balance, model.Currency), [.. facts]);
    }
}
