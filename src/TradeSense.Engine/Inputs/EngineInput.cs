using TradeSense.Engine.Accounts;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Inputs;

/// <summary>Something that reaches the engine, with its own time (UTC). The engine has no clock.</summary>
public abstract record EngineInput(DateTimeOffset At);

/// <summary>An accepted quote.</summary>
public sealed record QuoteInput(Quote Quote) : EngineInput(Quote.At);

/// <summary>Time has come this far, though no quote said so: day starts happen in a quiet market too.</summary>
public sealed record ClockInput(DateTimeOffset At) : EngineInput(At);

/// <summary>The listed events that rules about news refer to, all of them: the list replaces the one before. Past events stay in it while trades opened near them are open.</summary>
public sealed record NewsInput(DateTimeOffset At, IReadOnlyList<Instruments.NewsEvent> Events) : EngineInput(At);

/// <summary>A wish about one account. The same client id with the same content has one effect; the shell sees to that.</summary>
public abstract record AccountCommand(DateTimeOffset At, AccountId Account, string ClientId) : EngineInput(At);

public sealed record OpenAccount(DateTimeOffset At, AccountId Account, string ClientId, AccountTerms Terms) : AccountCommand(At, Account, ClientId);

/// <param name="WorstPrice">The slippage limit: a buy above or a sell below it is refused.</param>
public sealed record MarketOrder(
    DateTimeOffset At, AccountId Account, string ClientId, string Symbol, Side Side, Lots Lots, Price? StopLoss, Price? TakeProfit,
    Price? WorstPrice = null, PositionGuards? Guards = null)
    : AccountCommand(At, Account, ClientId);

/// <summary>Closes all of a position, or the lots named.</summary>
public sealed record ClosePosition(DateTimeOffset At, AccountId Account, string ClientId, PositionNumber Position, Lots? Lots)
    : AccountCommand(At, Account, ClientId);

/// <param name="WithOrders">Pending orders go too, so that nothing is left which could trade.</param>
public sealed record CloseAllPositions(DateTimeOffset At, AccountId Account, string ClientId, string? Symbol = null, bool WithOrders = false)
    : AccountCommand(At, Account, ClientId);

/// <summary>Closes a position and opens the same lots on the other side, or does nothing.</summary>
public sealed record ReversePosition(DateTimeOffset At, AccountId Account, string ClientId, PositionNumber Position) : AccountCommand(At, Account, ClientId);

/// <summary>Sets both levels; null removes one.</summary>
public sealed record ModifyPosition(
    DateTimeOffset At, AccountId Account, string ClientId, PositionNumber Position, Price? StopLoss, Price? TakeProfit)
    : AccountCommand(At, Account, ClientId);

/// <summary>Takes profit out of the account. Refused when the payout itself would cross a floor.</summary>
public sealed record WithdrawPayout(DateTimeOffset At, AccountId Account, string ClientId, Money Amount) : AccountCommand(At, Account, ClientId);

/// <summary>Puts back what a payout took that was not paid after all, and undoes what it did to the floors.</summary>
public sealed record ReturnPayout(DateTimeOffset At, AccountId Account, string ClientId, Money Amount) : AccountCommand(At, Account, ClientId);

/// <summary>Undoes a verdict that ended an account, or paused it until the next trading day: it trades again, from the balance stated, with the floors the verdict found; what was closed stays closed.</summary>
/// <param name="Reason">Travels into the journal: an appeal upheld, an incident's remedy.</param>
public sealed record ReinstateAccount(DateTimeOffset At, AccountId Account, string ClientId, Money Balance, string Reason) : AccountCommand(At, Account, ClientId);

/// <summary>Ends an account by the firm's or the clock's decision (time limit, inactivity, reset): positions are closed, nothing trades afterwards.</summary>
public sealed record CloseAccount(DateTimeOffset At, AccountId Account, string ClientId, string Reason) : AccountCommand(At, Account, ClientId);

/// <summary>Wants a stop loss that follows the price at this distance and never goes back; null gives up following, the stop stays.</summary>
public sealed record SetTrailingStop(DateTimeOffset At, AccountId Account, string ClientId, PositionNumber Position, Price? Distance)
    : AccountCommand(At, Account, ClientId);

public sealed record SetBreakeven(DateTimeOffset At, AccountId Account, string ClientId, PositionNumber Position, Breakeven? Breakeven)
    : AccountCommand(At, Account, ClientId);

/// <summary>Closes the position at the first quote at or after a time.</summary>
public sealed record SetTimeStop(DateTimeOffset At, AccountId Account, string ClientId, PositionNumber Position, DateTimeOffset? CloseAt)
    : AccountCommand(At, Account, ClientId);
