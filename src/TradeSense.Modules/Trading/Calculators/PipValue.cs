using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Modules.Trading.Calculators;

/// <summary>What a move of one pip, and of one point, is worth for a size.</summary>
public sealed class PipValue(LatestQuotes quotes)
{
    private const decimal Many = 1000m;

    /// <param name="Pip">Unrounded, in account currency.</param>
    public sealed record Sum(CalculatorBasis Basis, Lots Lots, decimal Pip, Money PerPip, Money PerTenPips, Money PerHundredPips);

    public Result<Sum> Run(CalculatorInput input, CalculatorAccount? account = null)
    {
        var form = new CalculatorForm();
        var instrument = form.Instrument(input.Symbol);
        account ??= CalculatorAccount.Of(form.Currency(input.Currency), 1m, 1);
        var lots = form.Lots(input.Lots, instrument);
        if (form.Refusal is { } refusal) return refusal;

        // Sold, with a stop so many pips above: a loss that has nothing but the move in it once the commissions are taken out. Many, so that the price's own digits do not matter.
        var bench = new CalculatorBench(account, quotes, instrument!);
        var sketch = new OrderSketch(instrument!.Symbol, Side.Sell, lots, null, null);
        if (bench.Estimate(sketch) is not { } now) return CalculatorRefusal.NoPrice.With(instrument.Symbol);

        var moved = bench.Estimate(sketch with { StopLoss = new Price(now.Opening.Value + (Many * instrument.PipSize)) })!;
        var basis = bench.Basis(instrument, atMarket: false);
        var pip = (moved.WorstCase!.Value - (2 * moved.Commission)) / Many;
        return new Sum(basis, lots, pip, basis.Money(pip), basis.Money(10 * pip), basis.Money(100 * pip));
    }
}
