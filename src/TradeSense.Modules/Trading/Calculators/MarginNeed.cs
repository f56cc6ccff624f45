using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Modules.Trading.Calculators;

/// <summary>What a position binds of the equity, and how much of the instrument it controls.</summary>
public sealed class MarginNeed(LatestQuotes quotes)
{
    /// <param name="Free">Equity less margin and the commission of opening; negative: the order would be refused.</param>
    public sealed record Sum(CalculatorBasis Basis, Lots Lots, Price Entry, int Leverage, Money Margin, Money Volume, Money Commission, Money Free);

    public Result<Sum> Run(CalculatorInput input, CalculatorAccount? account = null)
    {
        var form = new CalculatorForm();
        var instrument = form.Instrument(input.Symbol);
        account ??= CalculatorAccount.Of(form.Currency(input.Currency), form.Money(input.Equity, "Equity"), form.Leverage(input.Leverage));
        var lots = form.Lots(input.Lots, instrument);
        var entry = form.Price(input.Entry, "Entry", instrument, isRequired: false);
        if (form.Refusal is { } refusal) return refusal;

        var bench = new CalculatorBench(account, quotes, instrument!);
        if (bench.Estimate(new OrderSketch(instrument!.Symbol, Side.Buy, lots, null, null, entry)) is not { } estimate) return CalculatorRefusal.NoPrice.With(instrument.Symbol);

        var (basis, leverage) = (bench.Basis(instrument, atMarket: entry is null), account.Terms.LeverageOf(instrument));
        return new Sum(basis, lots, estimate.Opening, leverage, basis.Money(estimate.Margin), basis.Money(estimate.Margin * leverage), basis.Money(estimate.Commission),
            basis.Money(estimate.FreeMargin - estimate.Margin - estimate.Commission));
    }
}
