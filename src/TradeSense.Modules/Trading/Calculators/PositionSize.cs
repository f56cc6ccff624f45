using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Modules.Trading.Calculators;

/// <summary>The most lots whose loss at the stop, commissions included, stays within the risk.</summary>
public sealed class PositionSize(LatestQuotes quotes)
{
    /// <param name="Side">Follows from the stop: below the entry it is a buy's.</param>
    /// <param name="Commission">Of opening and closing together.</param>
    public sealed record Sum(CalculatorBasis Basis, Side Side, Lots Lots, Price Entry, decimal StopPips, Money Risk, Money Loss, Money Commission, Money Margin, bool ExceedsEquity);

    public Result<Sum> Run(CalculatorInput input, CalculatorAccount? account = null)
    {
        var form = new CalculatorForm();
        var instrument = form.Instrument(input.Symbol);
        account ??= CalculatorAccount.Of(form.Currency(input.Currency), form.Money(input.Equity, "Equity"), form.Leverage(input.Leverage));
        var risk = input.RiskBy is "money" ? form.Money(input.Risk, "Risk") : new Percent(form.Percent(input.Risk, "Risk")).Of(account.Equity);
        var entry = form.Price(input.Entry, "Entry", instrument, isRequired: false);
        if (form.Refusal is null && string.IsNullOrWhiteSpace(input.Stop)) return CalculatorRefusal.NoStop;

        var stop = form.Price(input.Stop, "Stop", instrument, isRequired: true);
        if (form.Refusal is { } refusal) return refusal;

        var bench = new CalculatorBench(account, quotes, instrument!);
        if (bench.Last(instrument!.Symbol) is not { } quote) return CalculatorRefusal.NoPrice.With(instrument.Symbol);

        var side = stop!.Value.Value < (entry?.Value ?? quote.Mid) ? Side.Buy : Side.Sell;
        return Sized(bench, instrument, new OrderSketch(instrument.Symbol, side, null, risk, stop, entry), account);
    }

    private static Result<Sum> Sized(CalculatorBench bench, Instrument instrument, OrderSketch sketch, CalculatorAccount account)
    {
        if (bench.Estimate(sketch) is not { } estimate) return CalculatorRefusal.NoPrice.With(instrument.Symbol);

        var basis = bench.Basis(instrument, atMarket: sketch.EntryPrice is null);
        if (estimate.Lots.Value == 0)
        {
            var least = bench.Estimate(sketch with { Lots = instrument.MinimumLots });
            return least?.WorstCase is { } loss ? CalculatorRefusal.RiskTooSmall.With(PlainDecimal.Text(instrument.MinimumLots.Value), basis.Money(loss)) : CalculatorRefusal.NoStop;
        }

        var pips = Math.Abs(estimate.Opening.Value - sketch.StopLoss!.Value.Value) / instrument.PipSize;
        return new Sum(basis, sketch.Side, estimate.Lots, estimate.Opening, pips, basis.Money(sketch.Risk!.Value), basis.Money(estimate.WorstCase!.Value), basis.Money(2 * estimate.Commission),
            basis.Money(estimate.Margin), estimate.Margin > account.Equity);
    }
}
