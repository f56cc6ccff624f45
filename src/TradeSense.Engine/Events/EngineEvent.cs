using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Events;

/// <summary>A fact about one account: past tense, immutable, enough to rebuild the account together with those before it.</summary>
public abstract record EngineEvent(DateTimeOffset At, AccountId Account);

public sealed record AccountOpened(DateTimeOffset At, AccountId Account, AccountTerms Terms, DateOnly TradingDay) : EngineEvent(At, Account);

/// <param name="Order">The pending order that was filled; null for one at the market. <c>ClientId</c> is then the order's id.</param>
public sealed record PositionOpened(
    DateTimeOffset At, AccountId Account, string ClientId, PositionNumber Position, string Symbol, Side Side, Lots Lots, Price Price,
    Price? StopLoss, Price? TakeProfit, decimal Commission, decimal Balance, OrderNumber? Order = null)
    : EngineEvent(At, Account);

public enum CloseReason { Trader, StopLoss, TakeProfit, StopOut, Breach, Pause, Weekend, AccountClosed, TimeStop, Reverse, Netting, Overnight }

/// <summary>All or part of a position was closed. Profit is rounded to the minor unit, commission is this close's, both in account currency.</summary>
/// <param name="Worst">The closing price at which the position stood worst while it was open, this close included; a figure for reports.</param>
/// <param name="WorstProfit">What the lots closed would have come to there, at this close's conversion: the greatest adverse excursion.</param>
/// <param name="MarginHigh">The most margin the position ever bound.</param>
/// <param name="Uncounted">The part of the profit that a news rule leaves out of the target.</param>
/// <param name="Order">The pending order whose fill closed it under netting; what is left of the order, if anything, opens with the next event.</param>
/// <param name="Rates">The quotes that brought the profit into the account's currency; null where it is the symbol's own.</param>
public sealed record PositionClosed(
    DateTimeOffset At, AccountId Account, string ClientId, PositionNumber Position, string Symbol, Side Side, Lots Lots, Lots LotsLeft,
    Price OpenPrice, DateTimeOffset OpenedAt, Price Price, decimal Profit, decimal Commission, decimal Swap, decimal Balance, CloseReason Reason,
    Price? Worst = null, Price? Best = null, decimal WorstProfit = 0m, decimal BestProfit = 0m, decimal MarginHigh = 0m, decimal Uncounted = 0m,
    OrderNumber? Order = null, IReadOnlyList<Quote>? Rates = null)
    : EngineEvent(At, Account);

public sealed record PositionModified(
    DateTimeOffset At, AccountId Account, string ClientId, PositionNumber Position, Price? StopLoss, Price? TakeProfit) : EngineEvent(At, Account);

/// <summary>Trailing stop, breakeven or time stop were set or taken away; the stop loss as it stands afterwards.</summary>
public sealed record PositionGuarded(
    DateTimeOffset At, AccountId Account, string ClientId, PositionNumber Position, PositionGuards? Guards, Price? StopLoss) : EngineEvent(At, Account);

/// <summary>Breakeven moved the stop loss, which it does once. A trailing stop's moves follow from the quotes and are not told.</summary>
public sealed record StopMoved(DateTimeOffset At, AccountId Account, PositionNumber Position, Price StopLoss) : EngineEvent(At, Account);

/// <param name="Rates">The quotes that brought it into the account's currency; null where it is the symbol's own.</param>
public sealed record SwapCharged(DateTimeOffset At, AccountId Account, PositionNumber Position, decimal Amount, decimal Balance, IReadOnlyList<Quote>? Rates = null) : EngineEvent(At, Account);

/// <summary>A command had no effect; the reason travels to the trader unflattened.</summary>
public sealed record CommandRefused(DateTimeOffset At, AccountId Account, string ClientId, RejectReason Reason) : EngineEvent(At, Account);

/// <summary>A trading day began: the figures of the day that ended and the new anchor and floors.</summary>
/// <param name="MarginHigh">The most margin that was bound in the day that ended.</param>
/// <param name="Quotes">What the equity rests on: with them and the open positions anyone can work it out again. Null with no position open.</param>
public sealed record DayStarted(
    DateTimeOffset At, AccountId Account, DateOnly TradingDay, DateOnly PreviousDay, decimal Balance, decimal Equity, decimal DayProfit, bool TradedPreviousDay,
    decimal Anchor, decimal? DailyFloor, decimal Peak, decimal? OverallFloor, decimal MarginHigh = 0m, IReadOnlyList<Quote>? Quotes = null)
    : EngineEvent(At, Account);

/// <summary>A loss rule with effect fail was crossed: the account ended at this quote.</summary>
public sealed record AccountFailed(DateTimeOffset At, AccountId Account, Breach Breach, BreachEvidence Evidence) : EngineEvent(At, Account);

/// <summary>A loss rule with effect pause was crossed: trading is refused until the next trading day.</summary>
public sealed record AccountPaused(DateTimeOffset At, AccountId Account, Breach Breach, BreachEvidence Evidence) : EngineEvent(At, Account);

public sealed record AccountResumed(DateTimeOffset At, AccountId Account) : EngineEvent(At, Account);

/// <summary>The equity rose above the peak that a trailing floor follows, at these quotes: with them and the open positions anyone can work the floor out again.</summary>
public sealed record PeakRaised(DateTimeOffset At, AccountId Account, decimal Peak, decimal Balance, decimal? OverallFloor, IReadOnlyList<Quote> Quotes) : EngineEvent(At, Account);

/// <summary>A verdict was undone: the account is active again, with the balance stated. The correction is what that added to the balance the verdict left.</summary>
public sealed record AccountReinstated(
    DateTimeOffset At, AccountId Account, string ClientId, string Reason, decimal Balance, decimal Correction, decimal? DailyFloor, decimal Peak, decimal? OverallFloor)
    : EngineEvent(At, Account);

/// <summary>Target, days and consistency are met with no position open. The account trades no more; the challenge goes on.</summary>
public sealed record PhasePassed(DateTimeOffset At, AccountId Account, decimal Balance, int TradingDays) : EngineEvent(At, Account);

public sealed record PayoutWithdrawn(DateTimeOffset At, AccountId Account, string ClientId, decimal Amount, decimal Balance, decimal? OverallFloor)
    : EngineEvent(At, Account);

public sealed record PayoutReturned(DateTimeOffset At, AccountId Account, string ClientId, decimal Amount, decimal Balance, decimal? OverallFloor)
    : EngineEvent(At, Account);

public sealed record AccountClosed(DateTimeOffset At, AccountId Account, string ClientId, string Reason, decimal Balance) : EngineEvent(At, Account);

/// <summary>What a verdict rests on: how each floor came about, every position with its mark, the quotes used, and the account's figures before and after.</summary>
/// <param name="Size">What the account had grown to; null while it has the size of its terms.</param>
public sealed record BreachEvidence(
    decimal BalanceBefore,
    decimal Floating,
    decimal? DailyFloor,
    decimal DailyAnchor,
    DateOnly TradingDay,
    decimal? OverallFloor,
    decimal Peak,
    IReadOnlyList<PositionView> Positions,
    IReadOnlyList<Quote> Quotes,
    decimal? Size = null);
