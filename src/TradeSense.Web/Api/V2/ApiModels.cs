using TradeSense.Engine.Accounts;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;

namespace TradeSense.Web.Api.V2;

internal sealed record AccountListAnswer(IReadOnlyList<AccountAnswer> Accounts);

/// <summary>An account's row, and in the answer about one account its figures at the current quotes.</summary>
internal sealed record AccountAnswer(
    Guid Id, long Number, TradingAccountStatus Status, string Phase, string Currency, decimal Balance, decimal InitialBalance, int Leverage, bool IsNetting, int SpreadMarkupPoints, decimal CommissionFactor,
    bool WeekendHolding, DateTimeOffset CreatedAt)
{
    public AccountFigures? Figures { get; init; }

    /// <summary>By class of instrument where it differs; missing where none does.</summary>
    public ClassMarkup? SpreadMarkupOf { get; init; }

    /// <summary>The journal's last entry when this was read: an event stream opened after it misses nothing.</summary>
    public string? LastEventId { get; init; }

    public static AccountAnswer Of(TraderAccounts.Row row) => new(
        row.Id, row.Number, row.Status, row.PhaseName, row.Currency.Code, row.Balance, row.Terms.InitialBalance, row.Terms.Leverage, row.Terms.IsNetting, row.Terms.SpreadMarkupPoints,
        row.Terms.CommissionFactor, row.Terms.WeekendHolding, row.CreatedAt)
    {
        SpreadMarkupOf = row.Terms.Rules?.MarkupOf,
    };
}

internal sealed record AccountFigures(
    DateTimeOffset AsOf, AccountStatus Status, decimal Balance, decimal Equity, decimal Floating, decimal UsedMargin, decimal FreeMargin, decimal? MarginLevel, decimal TodayProfit, DateOnly TradingDay, int TradingDays,
    decimal? DailyFloor, decimal? OverallFloor, decimal? Room, decimal? TargetBalance, int OpenPositions, int PendingOrders)
{
    /// <summary>Money to the currency's minor unit, the margin level to a hundredth of a percent; verdicts rest on the exact figures.</summary>
    public static AccountFigures Of(AccountView view)
    {
        var (state, digits) = (view.State, view.State.Terms.Currency.MinorDigits);
        decimal Round(decimal exact) => decimal.Round(exact, digits, MidpointRounding.AwayFromZero);
        decimal? Maybe(decimal? exact) => exact is { } amount ? Round(amount) : null;
        return new(
            view.AsOf, state.Status, state.Balance, Round(view.Equity), Round(view.Floating), Round(view.UsedMargin), Round(view.FreeMargin),
            view.MarginLevel is { } level ? decimal.Round(level, 2, MidpointRounding.AwayFromZero) : null, Round(view.TodayProfit), state.TradingDay, state.TradingDays, Maybe(state.DailyFloor),
            Maybe(state.OverallFloor), Maybe(view.Room), Engine.Rules.PhaseGoal.TargetBalance(state.Terms), view.Positions.Count, view.Orders.Count);
    }
}

internal sealed record PositionListAnswer(DateTimeOffset AsOf, IReadOnlyList<PositionAnswer> Positions);

internal sealed record PositionAnswer(
    int Position, string ClientId, string Symbol, Side Side, decimal Lots, decimal OpenPrice, DateTimeOffset OpenedAt, decimal Mark, decimal Profit, decimal? StopLoss, decimal? TakeProfit, decimal Commission,
    decimal Swap, decimal? TrailingDistance, decimal? BreakevenTrigger, decimal? BreakevenOffset, DateTimeOffset? CloseAt)
{
    public static PositionAnswer Of(PositionView view, int moneyDigits)
    {
        var (state, guards) = (view.State, view.State.Guards);
        return new(
            state.Number.Value, state.OrderId, state.Symbol, state.Side, state.Lots.Value, state.OpenPrice.Value, state.OpenedAt, view.Mark.Value, decimal.Round(view.Profit, moneyDigits, MidpointRounding.AwayFromZero),
            state.StopLoss?.Value, state.TakeProfit?.Value, state.CommissionPaid, state.SwapPaid, guards?.TrailingDistance?.Value, guards?.Breakeven?.Trigger.Value, guards?.Breakeven?.Offset?.Value,
            guards?.CloseAt);
    }
}

internal sealed record OrderListAnswer(DateTimeOffset AsOf, IReadOnlyList<OrderAnswer> Orders);

internal sealed record OrderAnswer(
    int Order, int Group, OrderBond Bond, string ClientId, string Symbol, Side Side, OrderKind Type, decimal Lots, decimal Price, decimal? LimitPrice, bool IsTriggered, decimal? StopLoss, decimal? TakeProfit,
    string Expiry, DateTimeOffset? ExpiresAt, DateTimeOffset PlacedAt, decimal? Mark, decimal? TrailingDistance, decimal? BreakevenTrigger, decimal? BreakevenOffset, DateTimeOffset? CloseAt)
{
    public static OrderAnswer Of(OrderView view)
    {
        var (state, guards) = (view.State, view.State.Guards);
        return new(
            state.Number.Value, state.Group.Value, state.Bond, state.OrderId, state.Symbol, state.Side, state.Kind, state.Lots.Value, state.Price.Value, state.LimitPrice?.Value, state.IsTriggered,
            state.StopLoss?.Value, state.TakeProfit?.Value, ExpiryOf(state.Expiry.Kind), state.ExpiresAt, state.PlacedAt, view.Mark?.Value, guards?.TrailingDistance?.Value, guards?.Breakeven?.Trigger.Value,
            guards?.Breakeven?.Offset?.Value, guards?.CloseAt);
    }

    private static string ExpiryOf(ExpiryKind kind) => kind switch
    {
        ExpiryKind.GoodTillCancelled => "gtc",
        ExpiryKind.Day => "day",
        _ => "until",
    };
}

/// <param name="Net">Profit after costs of all trades of the filter, not of this page.</param>
internal sealed record TradeListAnswer(IReadOnlyList<TradeAnswer> Trades, int Page, int Size, int Total, decimal Net);

internal sealed record TradeAnswer(
    int Position, string Symbol, Side Side, decimal Lots, decimal OpenPrice, DateTimeOffset OpenedAt, decimal ClosePrice, DateTimeOffset ClosedAt, decimal Profit, decimal Commission, decimal Swap, decimal Net,
    decimal Balance, DateOnly TradingDay, Engine.Events.CloseReason Reason)
{
    public static TradeAnswer Of(TradeList.Row row) => new(
        row.Position, row.Symbol, row.Side, row.Lots, row.OpenPrice, row.OpenedAt, row.ClosePrice, row.ClosedAt, row.Profit, row.Commission, row.Swap, row.Net, row.Balance, row.TradingDay, row.Reason);
}

internal sealed record InstrumentListAnswer(IReadOnlyList<InstrumentAnswer> Instruments);

internal sealed record InstrumentAnswer(
    string Symbol, string Base, string QuoteCurrency, decimal ContractSize, int Digits, int PipDigits, decimal MinimumLots, decimal LotStep, decimal MaximumLots, decimal CommissionPerLot, decimal SwapLong, decimal SwapShort,
    Session Session, bool IsOpen, DateTimeOffset? OpensAt);

internal sealed record QuoteListAnswer(IReadOnlyList<QuoteAnswer> Quotes);

internal sealed record QuoteAnswer(string Symbol, decimal Bid, decimal Ask, DateTimeOffset At);

/// <summary>What a command came to: the facts that were written with it, a verdict included.</summary>
internal sealed record CommandAnswer(string ClientId, string Outcome, IReadOnlyList<ApiEvent> Events)
{
    public string? Code { get; init; }
    public DateTimeOffset? At { get; init; }
}
