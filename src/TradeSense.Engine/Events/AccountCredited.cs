using TradeSense.Engine.Values;

namespace TradeSense.Engine.Events;

/// <summary>The firm added money to the account.</summary>
public sealed record AccountCredited(DateTimeOffset At, AccountId Account, string ClientId, string Reason, decimal Amount, decimal Balance) : EngineEvent(At, Account);
