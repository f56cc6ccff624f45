using TradeSense.Engine.Values;

namespace TradeSense.Engine.Accounts;

/// <summary>An immutable picture of an account at an instant: the state plus everything the current quotes make of it.</summary>
/// <param name="Room">Equity − the higher floor; null when the account has no loss rule.</param>
/// <param name="MarginLevel">Equity ÷ used margin in percent; null without open positions.</param>
/// <param name="TodayProfit">Equity − the balance at the day's start.</param>
public sealed record AccountView(
    AccountState State,
    DateTimeOffset AsOf,
    decimal Floating,
    decimal Equity,
    decimal? Room,
    decimal UsedMargin,
    decimal? MarginLevel,
    decimal TodayProfit,
    IReadOnlyList<PositionView> Positions)
{
    public IReadOnlyList<OrderView> Orders { get; init; } = [];

    public decimal FreeMargin => Equity - UsedMargin;
}

/// <summary>An open position marked at the current closing price (bid of a long, ask of a short); profit unrounded in account currency.</summary>
public sealed record PositionView(PositionState State, Price Mark, decimal Profit);

/// <summary>A pending order and the price it watches: the ask of a buy, the bid of a sell; null before the first quote.</summary>
public sealed record OrderView(OrderState State, Price? Mark);
