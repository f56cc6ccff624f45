using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Analytics.OtherPlans;

/// <summary>What a trader and the firm asked of an account, read back from what came of it. Fills of waiting orders and closes by stops, verdicts and the clock are not among it: the engine makes them again, or not.</summary>
/// <remarks>A position or an order may have another number under other terms, where one before it was refused: it is found by the client id of its order.</remarks>
internal sealed class CommandsAgain(IReadOnlyList<EngineEvent> journal, Currency currency)
{
    private readonly Dictionary<PositionNumber, string> _openedBy = journal.OfType<PositionOpened>().GroupBy(opened => opened.Position).ToDictionary(group => group.Key, group => group.First().ClientId);
    private readonly Dictionary<OrderNumber, string> _placedBy = journal.OfType<OrderPlaced>().ToDictionary(placed => placed.Order.Number, placed => placed.Order.OrderId);
    private readonly ILookup<string, OrderState> _legs = journal.OfType<OrderPlaced>().ToLookup(placed => placed.ClientId, placed => placed.Order);
    private readonly HashSet<string> _reversals = [.. journal.OfType<PositionClosed>().Where(closed => closed.Reason is CloseReason.Reverse).Select(closed => closed.ClientId)];

    /// <summary>Orders that closed the other side first, as netting does: what they closed and what was left to open, together.</summary>
    private readonly Dictionary<string, decimal> _netted = journal.OfType<PositionClosed>().Where(closed => closed is { Reason: CloseReason.Netting, Order: null }).GroupBy(closed => closed.ClientId)
        .ToDictionary(order => order.Key, order => order.Sum(closed => closed.Lots.Value) + journal.OfType<PositionOpened>().Where(opened => opened.ClientId == order.Key).Sum(opened => opened.Lots.Value), StringComparer.Ordinal);

    private readonly HashSet<EngineEvent> _firstNettings = new(journal.OfType<PositionClosed>().Where(closed => closed is { Reason: CloseReason.Netting, Order: null }).GroupBy(closed => closed.ClientId).Select(order => order.First()), ReferenceEqualityComparer.Instance);

    /// <summary>Another account's positions and waiting orders, by the client id they came with.</summary>
    public sealed record Numbers
    {
        public Dictionary<string, PositionNumber> Positions { get; } = [];
        public Dictionary<string, OrderNumber> Orders { get; } = [];

        public void Learn(EngineEvent fact)
        {
            if (fact is PositionOpened opened) Positions[opened.ClientId] = opened.Position;
            if (fact is OrderPlaced placed) Orders[placed.Order.OrderId] = placed.Order.Number;
        }
    }

    /// <summary>The fact's command for another account; null when nobody asked for it, or what it was about is not there.</summary>
    public AccountCommand? Of(EngineEvent fact, AccountId account, Numbers numbers)
    {
        PositionNumber? Position(PositionNumber original) => _openedBy.TryGetValue(original, out var id) && numbers.Positions.TryGetValue(id, out var number) ? number : null;
        OrderNumber? Order(OrderNumber original) => _placedBy.TryGetValue(original, out var id) && numbers.Orders.TryGetValue(id, out var number) ? number : null;
        return fact switch
        {
            PositionClosed { Reason: CloseReason.Netting } netted when _firstNettings.Contains(netted) =>
                new MarketOrder(fact.At, account, netted.ClientId, netted.Symbol, netted.Side == Side.Buy ? Side.Sell : Side.Buy, new Lots(_netted[netted.ClientId]), null, null),
            PositionOpened { Order: null } opened when !_reversals.Contains(opened.ClientId) && !_netted.ContainsKey(opened.ClientId) => new MarketOrder(fact.At, account, opened.ClientId, opened.Symbol, opened.Side, opened.Lots, opened.StopLoss, opened.TakeProfit),
            PositionClosed { Reason: CloseReason.Reverse } closed when Position(closed.Position) is { } number => new ReversePosition(fact.At, account, closed.ClientId, number),
            PositionClosed { Reason: CloseReason.Trader } closed when Position(closed.Position) is { } number =>
                new ClosePosition(fact.At, account, closed.ClientId, number, closed.LotsLeft.Value == 0 ? null : closed.Lots),
            PositionModified modified when Position(modified.Position) is { } number => new ModifyPosition(fact.At, account, modified.ClientId, number, modified.StopLoss, modified.TakeProfit),
            OrderPlaced placed when _legs[placed.ClientId].First() == placed.Order => Placed(placed, account),
            OrderModified modified when Order(modified.Order.Number) is { } number => Modified(modified, account, number),
            OrderCancelled { Reason: CancelReason.Trader } cancelled when Order(cancelled.Order) is { } number => new CancelOrder(fact.At, account, cancelled.ClientId, number),
            PayoutWithdrawn payout => new WithdrawPayout(fact.At, account, payout.ClientId, new Money(payout.Amount, currency)),
            PayoutReturned returned => new ReturnPayout(fact.At, account, returned.ClientId, new Money(returned.Amount, currency)),
            AccountScaled scaled => new ScaleAccount(fact.At, account, scaled.ClientId, new Money(scaled.Size, currency)),
            AccountClosed closed => new CloseAccount(fact.At, account, closed.ClientId, closed.Reason),
            _ => null,
        };
    }

    /// <summary>A guard set on a position takes three commands: what follows, what breaks even, what the time ends.</summary>
    public IEnumerable<AccountCommand> Guards(PositionGuarded fact, AccountId account, Numbers numbers)
    {
        if (!_openedBy.TryGetValue(fact.Position, out var id) || !numbers.Positions.TryGetValue(id, out var number)) return [];
        return
        [
            new SetTrailingStop(fact.At, account, fact.ClientId, number, fact.Guards?.TrailingDistance),
            new SetBreakeven(fact.At, account, fact.ClientId, number, fact.Guards?.Breakeven),
            new SetTimeStop(fact.At, account, fact.ClientId, number, fact.Guards?.CloseAt),
        ];
    }

    /// <summary>All legs of one command, as the first of its facts.</summary>
    private PlaceOrders Placed(OrderPlaced placed, AccountId account) => new(
        placed.At, account, placed.ClientId,
        [.. _legs[placed.ClientId].Select(leg => new OrderLeg(leg.Symbol, leg.Side, leg.Lots, leg.Kind, leg.Price, leg.LimitPrice, leg.StopLoss, leg.TakeProfit, leg.Guards))],
        placed.Order.Expiry, placed.Order.Bond);

    private static ModifyOrder Modified(OrderModified modified, AccountId account, OrderNumber number) => new(
        modified.At, account, modified.ClientId, number, modified.Order.Lots, modified.Order.Price, modified.Order.LimitPrice, modified.Order.StopLoss, modified.Order.TakeProfit, modified.Order.Expiry);
}
