using TradeSense.Engine.Values;

namespace TradeSense.Engine.Orders;

public enum OrderKind { Limit, Stop, StopLimit }

/// <summary>How the orders of one command hang together: a fill or trigger of one of an OCO cancels the others.</summary>
public enum OrderBond { None, Oco, Scaled }

public enum ExpiryKind { GoodTillCancelled, Day, Until }

/// <summary>How long an order waits. A day's order ends when the account's next trading day starts; at the end itself it fills no more.</summary>
public sealed record Expiry(ExpiryKind Kind, DateTimeOffset? Until)
{
    public static Expiry None { get; } = new(ExpiryKind.GoodTillCancelled, null);
    public static Expiry Day { get; } = new(ExpiryKind.Day, null);

    public static Expiry At(DateTimeOffset until) => new(ExpiryKind.Until, until);
}

/// <summary>Once the profit has reached the trigger, the stop loss moves to the entry, or better by the offset. Both are distances in price, the offset the smaller.</summary>
public sealed record Breakeven(Price Trigger, Price? Offset);

/// <summary>What watches over a position beside its stop loss and take profit. The trailing stop's distance is one in price: 0.00150.</summary>
public sealed record PositionGuards(Price? TrailingDistance = null, Breakeven? Breakeven = null, DateTimeOffset? CloseAt = null)
{
    public bool IsNone => TrailingDistance is null && Breakeven is null && CloseAt is null;
}
