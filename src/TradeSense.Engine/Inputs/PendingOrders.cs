using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Inputs;

/// <summary>One order that waits for a price. With both levels it is a bracket: the pair is armed on the fill, for what filled.</summary>
/// <param name="Price">The limit of a limit order, the stop of a stop or stop-limit.</param>
/// <param name="LimitPrice">What a stop-limit becomes a limit at; null for the others.</param>
public sealed record OrderLeg(
    string Symbol, Side Side, Lots Lots, OrderKind Kind, Price Price, Price? LimitPrice = null, Price? StopLoss = null, Price? TakeProfit = null,
    PositionGuards? Guards = null)
{
    /// <summary>The price it would be filled at or near: its levels lie around this one.</summary>
    public Price Entry => LimitPrice ?? Price;
}

/// <summary>Places all of the legs or none: one order, the two of an OCO, or the limits of a scaled order.</summary>
public sealed record PlaceOrders(DateTimeOffset At, AccountId Account, string ClientId, IReadOnlyList<OrderLeg> Legs, Expiry Expiry, OrderBond Bond)
    : AccountCommand(At, Account, ClientId)
{
    public const int MostOfOco = 10;
}

/// <param name="WholeGroup">The other legs of its command go with it.</param>
public sealed record CancelOrder(DateTimeOffset At, AccountId Account, string ClientId, OrderNumber Order, bool WholeGroup = false)
    : AccountCommand(At, Account, ClientId);

public sealed record CancelAllOrders(DateTimeOffset At, AccountId Account, string ClientId, string? Symbol = null) : AccountCommand(At, Account, ClientId);

/// <summary>Sets all of these; what stays as it was must be repeated.</summary>
public sealed record ModifyOrder(
    DateTimeOffset At, AccountId Account, string ClientId, OrderNumber Order, Lots Lots, Price Price, Price? LimitPrice, Price? StopLoss, Price? TakeProfit,
    Expiry Expiry)
    : AccountCommand(At, Account, ClientId);
