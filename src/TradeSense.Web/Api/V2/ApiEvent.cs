using System.Text.Json;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Web.Api.V2;

/// <summary>One fact of an account's journal as programs read it: one flat shape, of which each type fills its part.</summary>
internal sealed record ApiEvent
{
    public required string Type { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The id its sender gave the command; of a fill from a pending order, the order's.</summary>
    public string? ClientId { get; init; }

    public int? Position { get; init; }
    public int? Order { get; init; }
    public string? Symbol { get; init; }
    public Side? Side { get; init; }
    public decimal? Lots { get; init; }
    public decimal? LotsLeft { get; init; }
    public OrderKind? OrderType { get; init; }
    public decimal? Price { get; init; }
    public decimal? LimitPrice { get; init; }
    public decimal? StopLoss { get; init; }
    public decimal? TakeProfit { get; init; }
    public decimal? TrailingDistance { get; init; }
    public decimal? BreakevenTrigger { get; init; }
    public decimal? BreakevenOffset { get; init; }
    public DateTimeOffset? CloseAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public decimal? OpenPrice { get; init; }
    public decimal? Profit { get; init; }
    public decimal? Commission { get; init; }
    public decimal? Swap { get; init; }
    public decimal? Amount { get; init; }
    public decimal? Balance { get; init; }
    public decimal? Equity { get; init; }
    public DateOnly? TradingDay { get; init; }
    public decimal? DailyFloor { get; init; }
    public decimal? OverallFloor { get; init; }
    public string? Reason { get; init; }

    public static ApiEvent Of(EngineEvent fact) => Deal(fact) ?? Waiting(fact) ?? Life(fact);

    /// <summary>What happens to positions.</summary>
    private static ApiEvent? Deal(EngineEvent fact) => fact switch
    {
        PositionOpened e => new()
        {
            Type = "positionOpened", At = e.At, ClientId = e.ClientId, Position = e.Position.Value, Order = e.Order?.Value, Symbol = e.Symbol, Side = e.Side, Lots = e.Lots.Value, Price = e.Price.Value,
            StopLoss = e.StopLoss?.Value, TakeProfit = e.TakeProfit?.Value, Commission = e.Commission, Balance = e.Balance,
        },
        PositionClosed e => new()
        {
            Type = "positionClosed", At = e.At, ClientId = e.ClientId, Position = e.Position.Value, Order = e.Order?.Value, Symbol = e.Symbol, Side = e.Side, Lots = e.Lots.Value, LotsLeft = e.LotsLeft.Value,
            OpenPrice = e.OpenPrice.Value, Price = e.Price.Value, Profit = e.Profit, Commission = e.Commission, Swap = e.Swap, Balance = e.Balance, Reason = Camel(e.Reason),
        },
        PositionModified e => new() { Type = "positionModified", At = e.At, ClientId = e.ClientId, Position = e.Position.Value, StopLoss = e.StopLoss?.Value, TakeProfit = e.TakeProfit?.Value },
        PositionGuarded e => new()
        {
            Type = "positionGuarded", At = e.At, ClientId = e.ClientId, Position = e.Position.Value, StopLoss = e.StopLoss?.Value, TrailingDistance = e.Guards?.TrailingDistance?.Value,
            BreakevenTrigger = e.Guards?.Breakeven?.Trigger.Value, BreakevenOffset = e.Guards?.Breakeven?.Offset?.Value, CloseAt = e.Guards?.CloseAt,
        },
        StopMoved e => new() { Type = "stopMoved", At = e.At, Position = e.Position.Value, StopLoss = e.StopLoss.Value },
        SwapCharged e => new() { Type = "swapCharged", At = e.At, Position = e.Position.Value, Amount = e.Amount, Balance = e.Balance },
        _ => null,
    };

    /// <summary>What happens to pending orders, and to commands that had no effect.</summary>
    private static ApiEvent? Waiting(EngineEvent fact) => fact switch
    {
        OrderPlaced e => Told("orderPlaced", e.At, e.ClientId, e.Order),
        OrderModified e => Told("orderModified", e.At, e.ClientId, e.Order),
        OrderTriggered e => new() { Type = "orderTriggered", At = e.At, Order = e.Order.Value, ClientId = e.OrderId },
        OrderCancelled e => new() { Type = "orderCancelled", At = e.At, ClientId = e.ClientId, Order = e.Order.Value, Reason = e.Refusal is { } refusal ? "trading." + Engine.Inputs.RejectReasons.Code(refusal) : Camel(e.Reason) },
        CommandRefused e => new() { Type = "commandRefused", At = e.At, ClientId = e.ClientId, Reason = "trading." + Engine.Inputs.RejectReasons.Code(e.Reason) },
        _ => null,
    };

    /// <summary>What happens to the account as a whole. A new kind of event without words here does not get lost: it goes by its name.</summary>
    private static ApiEvent Life(EngineEvent fact) => fact switch
    {
        AccountOpened e => new() { Type = "accountOpened", At = e.At, Balance = e.Terms.InitialBalance, TradingDay = e.TradingDay },
        DayStarted e => new() { Type = "dayStarted", At = e.At, TradingDay = e.TradingDay, Balance = e.Balance, Equity = e.Equity, Profit = e.DayProfit, DailyFloor = e.DailyFloor, OverallFloor = e.OverallFloor },
        AccountFailed e => Ended("accountFailed", e.At, e.Breach),
        AccountPaused e => Ended("accountPaused", e.At, e.Breach),
        AccountResumed e => new() { Type = "accountResumed", At = e.At },
        PeakRaised e => new() { Type = "peakRaised", At = e.At, Equity = e.Peak, Balance = e.Balance, OverallFloor = e.OverallFloor },
        AccountReinstated e => new() { Type = "accountReinstated", At = e.At, ClientId = e.ClientId, Balance = e.Balance, Amount = e.Correction, DailyFloor = e.DailyFloor, OverallFloor = e.OverallFloor, Reason = e.Reason },
        AccountCredited e => new() { Type = "accountCredited", At = e.At, ClientId = e.ClientId, Amount = e.Amount, Balance = e.Balance, Reason = e.Reason },
        AccountScaled e => new() { Type = "accountScaled", At = e.At, ClientId = e.ClientId, Amount = e.Growth, Balance = e.Balance, DailyFloor = e.DailyFloor, OverallFloor = e.OverallFloor },
        PhasePassed e => new() { Type = "phasePassed", At = e.At, Balance = e.Balance },
        PayoutWithdrawn e => new() { Type = "payoutWithdrawn", At = e.At, ClientId = e.ClientId, Amount = e.Amount, Balance = e.Balance, OverallFloor = e.OverallFloor },
        PayoutReturned e => new() { Type = "payoutReturned", At = e.At, ClientId = e.ClientId, Amount = e.Amount, Balance = e.Balance, OverallFloor = e.OverallFloor },
        AccountClosed e => new() { Type = "accountClosed", At = e.At, ClientId = e.ClientId, Balance = e.Balance, Reason = e.Reason },
        _ => new() { Type = JsonNamingPolicy.CamelCase.ConvertName(fact.GetType().Name), At = fact.At },
    };

    private static ApiEvent Told(string type, DateTimeOffset at, string clientId, OrderState order) => new()
    {
        Type = type, At = at, ClientId = clientId, Order = order.Number.Value, Symbol = order.Symbol, Side = order.Side, Lots = order.Lots.Value, OrderType = order.Kind, Price = order.Price.Value,
        LimitPrice = order.LimitPrice?.Value, StopLoss = order.StopLoss?.Value, TakeProfit = order.TakeProfit?.Value, ExpiresAt = order.ExpiresAt,
        TrailingDistance = order.Guards?.TrailingDistance?.Value, BreakevenTrigger = order.Guards?.Breakeven?.Trigger.Value, BreakevenOffset = order.Guards?.Breakeven?.Offset?.Value, CloseAt = order.Guards?.CloseAt,
    };

    private static ApiEvent Ended(string type, DateTimeOffset at, Engine.Rules.Breach breach) => new() { Type = type, At = at, Equity = breach.Equity, Reason = Camel(breach.Rule) };

    private static string Camel(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
