using TradeSense.Engine.Values;
using TradeSense.Modules.Risk;

namespace TradeSense.Web.Pages.Trader.Accounts;

/// <summary>A receipt and the currency its figures are in.</summary>
public sealed record ReceiptView(ReceiptDetail.Picture Picture, Currency Currency)
{
    /// <summary>To the cent, never better than it was: what is below a floor must not look as if it stood on it.</summary>
    public Figure Of(decimal? amount, bool isGap = false)
    {
        if (amount is not { } value) return new Figure(null, null);

        var rounded = Money.Rounded(value, Currency, isGap ? MidpointRounding.ToPositiveInfinity : MidpointRounding.ToNegativeInfinity);
        return new Figure(rounded, rounded.Amount == value ? null : PlainDecimal.Text(value));
    }

    /// <summary>Every digit: what a proof page shows is what was computed.</summary>
    public string Exact(decimal? amount) => amount is { } value ? $"{PlainDecimal.Text(value)} {Currency.Code}" : "–";

    /// <summary>An amount to read and, where it has more digits than its currency, the whole of it: a verdict can hang on less than a cent.</summary>
    public sealed record Figure(Money? Amount, string? Exactly);
}
