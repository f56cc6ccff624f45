using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

public enum AccountStatus { Active, Paused, Failed, Passed, Closed }

/// <summary>All that the engine must know to go on with an account: what is stored after a batch and loaded at a restart.</summary>
/// <remarks>Amounts are exact decimals in the account's currency. Equity is not here: it follows from positions and quotes.</remarks>
public sealed record AccountState
{
    public required AccountId Id { get; init; }
    public required AccountTerms Terms { get; init; }
    public required AccountStatus Status { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required decimal Balance { get; init; }
    public required DateOnly TradingDay { get; init; }
    public required decimal DailyAnchor { get; init; }
    public required decimal? DailyFloor { get; init; }
    public required decimal Peak { get; init; }
    public required decimal? OverallFloor { get; init; }

    /// <summary>A payout with <see cref="PayoutEffect.LiftsToInitial"/> has lifted the overall floor for good.</summary>
    public required bool FloorLifted { get; init; }

    public required decimal DayStartBalance { get; init; }
    public required int TradingDays { get; init; }
    public required bool TradedToday { get; init; }

    /// <summary>Greatest profit of one finished trading day, for the consistency rule; today's counts when it is shown.</summary>
    public required decimal BestDayProfit { get; init; }

    public required decimal PaidOut { get; init; }
    public required DateTimeOffset LastActivityAt { get; init; }
    public required int LastPositionNumber { get; init; }
    public required Breach? Breach { get; init; }
    public required IReadOnlyList<PositionState> Positions { get; init; }
}

/// <summary>An open position as stored.</summary>
/// <param name="CommissionPaid">Commission already charged for the lots still open.</param>
public sealed record PositionState(
    PositionNumber Number,
    string Symbol,
    Side Side,
    Lots Lots,
    Price OpenPrice,
    DateTimeOffset OpenedAt,
    Price? StopLoss,
    Price? TakeProfit,
    decimal CommissionPaid,
    decimal SwapPaid,
    string OrderId);
