using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

public enum AccountStatus { Active, Paused, Failed, Passed, Closed }

/// <summary>All that the engine must know to go on with an account: what is stored after a batch and loaded at a restart.</summary>
/// <remarks>Amounts are exact decimals in the account's currency. Equity is not here: it follows from positions and quotes.</remarks>
public sealed record AccountState
{
    public required AccountId Id { get; init; }

    /// <summary>As they hold now: the initial balance of an account that has grown is its size since then, everything else is as frozen.</summary>
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

    /// <summary>Greatest profit of one finished trading day that counts towards passing, for the consistency rule; today's counts when it is shown.</summary>
    public required decimal BestDayProfit { get; init; }

    public required decimal PaidOut { get; init; }
    /// <summary>When something was last traded, ordered or changed, or a position last closed, by whomever. While one is open the account is active anyway.</summary>
    public required DateTimeOffset LastActivityAt { get; init; }
    public required int LastPositionNumber { get; init; }
    public required Breach? Breach { get; init; }
    public required IReadOnlyList<PositionState> Positions { get; init; }
    public int LastOrderNumber { get; init; }

    /// <summary>The most margin bound in the current trading day: at fills, at its start and at each minute. A figure for reports and no part of the state's hash.</summary>
    public decimal DayMarginHigh { get; init; }

    /// <summary>Trades opened in the current trading day.</summary>
    public int TradesToday { get; init; }

    /// <summary>Profit in the balance that does not count towards passing: the rest of what news rules reduce.</summary>
    public decimal UncountedProfit { get; init; }

    /// <summary>The part of it that was made in the current trading day.</summary>
    public decimal UncountedToday { get; init; }

    /// <summary>When the account last grew in place; null while it has the size it was opened with.</summary>
    public DateTimeOffset? ScaledAt { get; init; }

    /// <summary>Pending orders, oldest first.</summary>
    public IReadOnlyList<OrderState> Orders { get; init; } = [];
}

/// <summary>What is to be stored of an account, given out once: whoever takes it stores it, or reads everything again.</summary>
/// <param name="State">Its figures and pending orders; of its positions only those whose rows are new or differ from what was taken last.</param>
/// <param name="Gone">Positions that had a row and are closed.</param>
/// <param name="IsHolding">It has open positions, changed or not.</param>
public sealed record AccountChange(AccountState State, IReadOnlyList<PositionNumber> Gone, bool IsHolding);

/// <summary>A point of an account's equity curve.</summary>
public readonly record struct EquityPoint(decimal Balance, decimal Equity, decimal? DailyFloor, decimal? OverallFloor);

/// <summary>An open position as stored.</summary>
/// <param name="OpenPrice">Where several fills were netted, their mean, with as many digits as it takes to tell their sum.</param>
/// <param name="CommissionPaid">Commission already charged for the lots still open.</param>
/// <param name="StopLoss">As it stands: a trailing stop moves it.</param>
/// <param name="Worst">The worst closing price so far. This and the next two are figures for reports and no part of the state's hash.</param>
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
    string OrderId,
    PositionGuards? Guards = null,
    Price? Worst = null,
    Price? Best = null,
    decimal MarginHigh = 0m);

/// <summary>A pending order as stored.</summary>
/// <param name="Group">The number of its command's first order, which all of them share.</param>
/// <param name="OrderId">The command's client id; of several orders <c>id/1</c>, <c>id/2</c> …</param>
/// <param name="IsTriggered">A stop-limit whose stop was met: a limit now.</param>
/// <param name="ExpiresAt">The instant from which it is gone; null when it waits for ever.</param>
public sealed record OrderState(
    OrderNumber Number,
    OrderNumber Group,
    OrderBond Bond,
    string OrderId,
    string Symbol,
    Side Side,
    Lots Lots,
    OrderKind Kind,
    Price Price,
    Price? LimitPrice,
    bool IsTriggered,
    Price? StopLoss,
    Price? TakeProfit,
    PositionGuards? Guards,
    Expiry Expiry,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset PlacedAt);
