using TradeSense.Engine.Values;
using TradeSense.Modules.Risk;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>A receipt and the currency its figures are in.</summary>
public sealed record ReceiptView(ReceiptDetail.Picture Picture, Currency Currency)
{
    /// <summary>Exact: a verdict can hang on less than a cent, so nothing is rounded here.</summary>
    public string Exact(decimal? amount) => amount is { } value ? $"{PlainDecimal.Text(value)} {Currency.Code}" : "–";
}
