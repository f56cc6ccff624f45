using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;

namespace TradeSense.Modules.Trading.Calculators;

/// <summary>What a trade from one price to another comes to: it is opened and closed in an engine of its own, at the conversion of the closing.</summary>
public sealed class TradeProfit(LatestQuotes quotes)
{
    /// <summary>More than any trade binds: here only the result is asked for.</summary>
    private const decimal Plenty = 1_000_000_000_000_000_000m;

    /// <param name="Pips">Negative when the price went against the trade.</param>
    public sealed record Sum(CalculatorBasis Basis, Side Side, Lots Lots, Price Entry, Price Exit, decimal Pips, Money Profit, Money Commission, Money Net);

    public Result<Sum> Run(CalculatorInput input, CalculatorAccount? account = null)
    {
        var form = new CalculatorForm();
        var instrument = form.Instrument(input.Symbol);
        account ??= CalculatorAccount.Of(form.Currency(input.Currency), Plenty, 1);
        var lots = form.Lots(input.Lots, instrument);
        var (entry, exit) = (form.Price(input.Entry, "Entry", instrument, isRequired: true), form.Price(input.Exit, "Exit", instrument, isRequired: true));
        if (form.Refusal is { } refusal) return refusal;

        var side = input.Side is "Sell" ? Side.Sell : Side.Buy;
        var bench = new CalculatorBench(account with { Terms = account.Terms with { InitialBalance = Plenty, Leverage = 1, SpreadMarkupPoints = 0, StopOut = new Percent(0), Rules = null } }, quotes, instrument!);
        bench.Stand(instrument!.Symbol, entry!.Value);
        if (bench.Open(instrument.Symbol, side, lots) is not { } opened) return CalculatorRefusal.NoPrice.With(instrument.Symbol);

        bench.Stand(instrument.Symbol, exit!.Value);
        var closed = bench.Close(opened.Position) ?? throw new InvalidOperationException("A position of the calculator's own engine did not close.");
        var basis = bench.Basis(instrument, atMarket: false);
        var pips = (exit.Value.Value - entry.Value.Value) / instrument.PipSize * (side == Side.Buy ? 1 : -1);
        var commission = opened.Commission + closed.Commission;
        return new Sum(basis, side, lots, entry.Value, exit.Value, pips, basis.Money(closed.Profit), basis.Money(commission), basis.Money(closed.Profit - commission));
    }
}
