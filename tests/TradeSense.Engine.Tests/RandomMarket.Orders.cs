using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Tests;

/// <summary>Orders that wait and guards that follow, near enough to the price that they happen.</summary>
internal sealed partial class RandomMarket
{
    private AccountCommand PendingCommand(AccountId account, PositionNumber position)
    {
        var symbol = Symbols[_random.Next(Symbols.Length)].Symbol;
        var order = new OrderNumber(_random.Next(1, 30));
        return _random.Next(16) switch
        {
            < 6 => new PlaceOrders(_at, account, Id(), [Leg(symbol)], Ending(), OrderBond.None),
            6 or 7 => new PlaceOrders(_at, account, Id(), [Leg(symbol), Leg(Pick(symbol, "EURUSD"))], Ending(), OrderBond.Oco),
            8 => new PlaceOrders(_at, account, Id(), [.. Enumerable.Range(0, 3).Select(_ => Leg(symbol) with { Kind = OrderKind.Limit, LimitPrice = null })], Ending(), OrderBond.Scaled),
            9 => new CancelOrder(_at, account, Id(), order, _random.Next(2) == 0),
            10 => _random.Next(4) == 0 ? new CancelAllOrders(_at, account, Id()) : new ReversePosition(_at, account, Id(), position),
            11 => new ModifyOrder(_at, account, Id(), order, new Lots(_random.Next(1, 100) / 100m), Close(symbol), null, null, null, Ending()),
            12 => new SetTrailingStop(_at, account, Id(), position, _random.Next(4) == 0 ? null : Distance("EURUSD")),
            13 => new SetBreakeven(_at, account, Id(), position, new Breakeven(Distance("EURUSD"), null)),
            14 => new SetTimeStop(_at, account, Id(), position, _at.AddMinutes(_random.Next(0, 60))),
            _ => new CloseAllPositions(_at, account, Id(), null, WithOrders: _random.Next(2) == 0),
        };
    }

    private TradingRules Rules() => new()
    {
        Netting = _random.Next(2) == 0, OvernightFee = _random.Next(3), CoinsAtWeekends = _random.Next(2) == 0, ClosesOvernight = _random.Next(4) == 0, GuardsStopLoss = _random.Next(2) == 0,
        MaximumPositions = _random.Next(2) == 0 ? _random.Next(1, 8) : null, MaximumOpenLots = _random.Next(3) == 0 ? 20 : null, MaximumTradesPerDay = _random.Next(4) == 0 ? 15 : null,
        LeverageOf = _random.Next(2) == 0 ? new ClassLeverage(Metals: 20, Coins: 5) : null, MarkupOf = _random.Next(3) == 0 ? new ClassMarkup(Metals: 7, Coins: 300) : null, ProfitableDay = _random.Next(3) == 0 ? new Percent(0.1m) : null,
        News = _random.Next(3) == 0 ? new NewsRule(5, 10, Pick<NewsEffect>(), new Percent(40)) : null,
    };

    private OrderLeg Leg(string symbol)
    {
        var (kind, side, price) = (Pick<OrderKind>(), Pick<Side>(), Close(symbol));
        return new OrderLeg(
            symbol, side, new Lots(_random.Next(1, Pick(50, 300)) / 100m), kind, price, kind == OrderKind.StopLimit ? Close(symbol) : null,
            Near(symbol, side == Side.Buy ? -6 : 6), Near(symbol, side == Side.Buy ? 6 : -6), Guards(symbol));
    }

    private PositionGuards? Guards(string symbol) => _random.Next(4) switch
    {
        0 => new PositionGuards(Distance(symbol)),
        1 => new PositionGuards(null, new Breakeven(Distance(symbol), null), _random.Next(2) == 0 ? _at.AddMinutes(_random.Next(0, 90)) : null),
        _ => null,
    };

    private Expiry Ending() => _random.Next(3) switch { 0 => Expiry.Day, 1 => Expiry.At(_at.AddMinutes(_random.Next(1, 120))), _ => Expiry.None };

    /// <summary>A price up to a fifth of a percent away from the market.</summary>
    private Price Close(string symbol) => Rounded(symbol, _pointsOfMid[symbol] * (1m + _random.Next(-20, 21) / 10_000m));

    private Price Distance(string symbol) => Rounded(symbol, Math.Max(100, _pointsOfMid[symbol] * _random.Next(1, 30) / 10_000m));
}
