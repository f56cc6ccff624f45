using TradeSense.Engine.Values;

namespace TradeSense.Engine.Events;

/// <summary>The account has grown: balance, day's start, anchor and peak moved up by the growth, the floors follow from the new size.</summary>
/// <param name="Size">What rules and profit count from now on.</param>
/// <param name="Growth">The new size less the one before.</param>
public sealed record AccountScaled(
    DateTimeOffset At, AccountId Account, string ClientId, decimal Size, decimal Growth, decimal Balance, decimal Anchor, decimal? DailyFloor, decimal Peak, decimal? OverallFloor)
    : EngineEvent(At, Account);
