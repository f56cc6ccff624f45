using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Calculators;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Site.Calculators;

/// <summary>Writes what the calculators worked out, the brand's way.</summary>
public sealed class CalculatorAnswers(TenantFormat format)
{
    public CalculatorAnswer Of(PositionSize.Sum sum) => Based(sum.Basis, new CalculatorAnswer(
        $"{(sum.Side is Side.Buy ? "Buy" : "Sell")} at most", LotsOf(sum.Lots),
        [
            new("Entry", PriceOf(sum.Basis, sum.Entry)), new("Distance to the stop", PipsOf(sum.StopPips)), new("Loss at the stop, with commissions", format.Money(sum.Loss)),
            new("Of the risk", format.Money(sum.Risk)), new("Commission, in and out", format.Money(sum.Commission)), new("Margin", format.Money(sum.Margin)),
        ],
        sum.ExceedsEquity ? "The margin is more than the equity: the order would be refused. Widen the stop or risk less." : null));

    public CalculatorAnswer Of(PipValue.Sum sum) => Based(sum.Basis, new CalculatorAnswer(
        "One pip is worth", sum.Pip < 0.1m || sum.PerPip.Amount == 0 ? $"{format.Number(sum.Pip, 4)} {sum.Basis.Currency.Code}" : format.Money(sum.PerPip),
        [new("Ten pips", format.Money(sum.PerTenPips)), new("A hundred pips", format.Money(sum.PerHundredPips)), new("A pip is", format.Number(sum.Basis.Instrument.PipSize, sum.Basis.Instrument.PipDigits))]));

    public CalculatorAnswer Of(MarginNeed.Sum sum) => Based(sum.Basis, new CalculatorAnswer(
        "Margin bound", format.Money(sum.Margin),
        [
            new("Volume", format.Money(sum.Volume)), new("Leverage", $"1:{format.Number(sum.Leverage, 0)}"), new("Entry", PriceOf(sum.Basis, sum.Entry)),
            new("Commission of opening", format.Money(sum.Commission)), new("Equity left free", format.Money(sum.Free)),
        ],
        sum.Free.Amount < 0 ? "The equity does not cover this: the order would be refused." : null));

    public CalculatorAnswer Of(TradeProfit.Sum sum) => Based(sum.Basis, new CalculatorAnswer(
        sum.Net.Amount < 0 ? "The trade loses" : "The trade brings", format.Money(sum.Net, signed: true),
        [
            new("Move", $"{format.Number(sum.Pips, 1, signed: true)} pips"), new("Before commissions", format.Money(sum.Profit, signed: true)), new("Commission, in and out", format.Money(sum.Commission)),
            new("Size", LotsOf(sum.Lots)),
        ]));

    /// <summary>Figures in another currency say by which rate.</summary>
    private CalculatorAnswer Based(CalculatorBasis basis, CalculatorAnswer answer)
    {
        if (basis.Rate is not { Quotes.Count: > 0 } rate) return answer with { AsOf = basis.AsOf };

        var from = basis.Instrument.QuoteCurrency;
        // A yen is little: a hundred of them say more.
        var (many, digits) = rate.Value < 0.1m ? (100m, 4) : (1m, 5);
        return answer with
        {
            AsOf = basis.AsOf,
            Rate = $"{format.Number(many, 0)} {from.Code} = {format.Number(many * rate.Value, digits)} {basis.Currency.Code}, {(basis.AsOf is null ? "at the closing price" : "the middle of " + string.Join(" and ", rate.Quotes.Select(quote => quote.Symbol)))}",
        };
    }

    private string LotsOf(Lots lots) => $"{format.Number(lots.Value, 2)} lots";

    private string PipsOf(decimal pips) => $"{format.Number(pips, 1)} pips";

    private string PriceOf(CalculatorBasis basis, Price price) => format.Price(price.Value, basis.Instrument.Digits);
}
