using System.Globalization;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Models;

namespace TradeSense.Web.Pages.Site;

/// <summary>One price of the table: choosing it shows its rules.</summary>
public sealed record PriceCell(OfferedModels.Offer Offer, Money Size, bool IsChosen)
{
    public Money? Price => Offer.Definition.PriceOf(Size.Amount);

    public string Path => $"/pricing?model={Offer.Slug}&size={Size.Amount.ToString(CultureInfo.InvariantCulture)}";
}
