using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>A position worked out again from its fills. Under netting several fills make one position, whose price is their mean; what it cost is counted in whole points times lot steps, as the engine counts.</summary>
internal sealed record HeldAgain(PositionState State, decimal CostInPointSteps)
{
    private Instrument Instrument => InstrumentCatalog.All.Single(one => one.Symbol == State.Symbol);

    private decimal PointsPerUnit
    {
        get
        {
            var points = 1m;
            for (var digit = 0; digit < Instrument.QuoteDigits; digit++) points *= 10m;
            return points;
        }
    }

    private decimal Steps => State.Lots.Value / Instrument.LotStep.Value;

    public static HeldAgain Of(PositionOpened opened)
    {
        var held = new HeldAgain(
            new PositionState(opened.Position, opened.Symbol, opened.Side, opened.Lots, opened.Price, opened.At, opened.StopLoss, opened.TakeProfit, opened.Commission, 0m, opened.ClientId), 0m);
        return held with { CostInPointSteps = held.CostOf(opened) };
    }

    /// <summary>1 lot at 1.10000 and 1 at 1.10010 are 2 at 1.10005.</summary>
    public HeldAgain With(PositionOpened more) =>
        (this with { State = State with { Lots = new Lots(State.Lots.Value + more.Lots.Value) }, CostInPointSteps = CostInPointSteps + CostOf(more) }).Priced();

    /// <summary>A part was closed; its share of the cost is cut to a whole point, the rest stays.</summary>
    public HeldAgain Less(Lots closed) => (this with { State = State with { Lots = new Lots(State.Lots.Value - closed.Value) }, CostInPointSteps = CostInPointSteps - PartOf(closed) }).Priced();

    /// <summary>What closing these lots at a price brings, in the symbol's currency: 1 lot of EURUSD from 1.10000 to 1.10010 is USD 10.</summary>
    public decimal ProfitOf(Lots closed, Price price)
    {
        var moved = price.Value * PointsPerUnit * (closed.Value / Instrument.LotStep.Value) - PartOf(closed);
        return (State.Side == Side.Buy ? moved : -moved) * MoneyPerPointAndStep;
    }

    /// <summary>One night's swap in the symbol's currency: 2 lots long of EURUSD at −7.2 points are USD −14.40.</summary>
    public decimal NightOf() => (State.Side == Side.Buy ? Instrument.SwapLong : Instrument.SwapShort) * Steps * MoneyPerPointAndStep * 10m;

    public string QuoteCurrency => Instrument.QuoteCurrency.Code;

    private decimal MoneyPerPointAndStep => Instrument.ContractSize * Instrument.LotStep.Value / PointsPerUnit;

    private decimal PartOf(Lots closed) => closed == State.Lots ? CostInPointSteps : decimal.Truncate(CostInPointSteps * (closed.Value / Instrument.LotStep.Value) / Steps);

    private decimal CostOf(PositionOpened fill) => fill.Price.Value * PointsPerUnit * (fill.Lots.Value / Instrument.LotStep.Value);

    private HeldAgain Priced() => this with { State = State with { OpenPrice = new Price(CostInPointSteps / (Steps * PointsPerUnit)) } };
}
