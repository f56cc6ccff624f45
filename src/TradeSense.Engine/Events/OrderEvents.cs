using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Events;

public sealed record OrderPlaced(DateTimeOffset At, AccountId Account, string ClientId, OrderState Order) : EngineEvent(At, Account);

public sealed record OrderModified(DateTimeOffset At, AccountId Account, string ClientId, OrderState Order) : EngineEvent(At, Account);

/// <summary>A stop or stop-limit met its price. A stop fills on this quote; a stop-limit is a limit from now on.</summary>
public sealed record OrderTriggered(DateTimeOffset At, AccountId Account, OrderNumber Order, string OrderId) : EngineEvent(At, Account);

public enum CancelReason { Trader, Oco, Expired, NotFillable, Breach, Pause, Passed, AccountClosed }

/// <summary>An order is gone without a fill.</summary>
/// <param name="Refusal">Why it could not be filled when its price came; only with <see cref="CancelReason.NotFillable"/>.</param>
public sealed record OrderCancelled(
    DateTimeOffset At, AccountId Account, string ClientId, OrderNumber Order, string OrderId, CancelReason Reason, RejectReason? Refusal = null)
    : EngineEvent(At, Account);
