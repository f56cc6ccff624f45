using System.Globalization;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Web.Pages.Site;

/// <summary>The prices of all models and sizes, and the rules of the one the visitor looks at.</summary>
public sealed record PriceBoard(IReadOnlyList<OfferedModels.Offer> Offers, OfferedModels.Offer Chosen, Money Size, Money Price, RuleSheet Rules)
{
    /// <summary>What most visitors compare by.</summary>
    private const decimal UsualSize = 100_000m;

    public IReadOnlyList<Money> Sizes => [.. Offers.SelectMany(offer => offer.Definition.Sizes).Select(size => size.Balance).Distinct().Order().Select(size => new Money(size, Size.Currency))];

    public string CheckoutPath => $"/checkout?version={Chosen.VersionId}&size={Size.Amount.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The board with this model and size chosen; what is not offered gives way to the nearest that is.</summary>
    public static PriceBoard? Of(IReadOnlyList<OfferedModels.Offer> offers, string? slug, decimal? size, CultureInfo culture)
    {
        if (offers.Count == 0) return null;

        var chosen = offers.FirstOrDefault(offer => offer.Slug == slug) ?? offers[0];
        var plan = chosen.Definition.Sizes.MinBy(plan => Math.Abs(plan.Balance - Math.Clamp(size ?? UsualSize, 0m, 1_000_000_000m)))!;
        var currency = chosen.Definition.Currency;
        return new PriceBoard(offers, chosen, new Money(plan.Balance, currency), new Money(plan.Price, currency), RuleSheet.Of(chosen.Definition, plan.Balance, culture));
    }
}
