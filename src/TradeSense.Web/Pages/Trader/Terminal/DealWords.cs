using System.Globalization;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>A fact of the journal as the terminal's toasts and its journal tell it.</summary>
/// <param name="Kind">fill, close, order, move, account: what the sound is chosen by.</param>
/// <param name="Tone">good, bad or info.</param>
public sealed record Deal(string Text, string Kind, string Tone);

/// <summary>Says in one sentence what happened. What a trader need not hear of at once has no words.</summary>
public sealed class DealWords(TenantFormat format, Refusals words)
{
    public Deal? Of(EngineEvent fact, Currency currency) => fact switch
    {
        PositionOpened opened => new($"#{opened.Position} {opened.Side} {Plain(opened.Lots)} {opened.Symbol} filled at {At(opened.Price, opened.Symbol)}.", "fill", "info"),
        PositionClosed closed => new(
            $"#{closed.Position} {Plain(closed.Lots)} {closed.Symbol} closed at {At(closed.Price, closed.Symbol)}{WhyOf(closed.Reason)}: {Net(closed, currency)}.",
            "close", closed.Profit + closed.Swap - closed.Commission >= 0 ? "good" : "bad"),
        OrderPlaced placed => new($"Order {placed.Order.Number}: {placed.Order.Side} {Plain(placed.Order.Lots)} {placed.Order.Symbol} {KindOf(placed.Order.Kind)} at {At(placed.Order.Price, placed.Order.Symbol)} waits.", "order", "info"),
        OrderModified changed => new($"Order {changed.Order.Number} is changed.", "move", "info"),
        OrderTriggered triggered => new($"Order {triggered.Order} has met its price.", "order", "info"),
        OrderCancelled { Reason: CancelReason.NotFillable } gone => new($"Order {gone.Order} could not be filled and is cancelled{WhyOf(gone.Refusal)}.", "order", "bad"),
        OrderCancelled gone => new($"Order {gone.Order} is cancelled{WhyOf(gone.Reason)}.", "order", "info"),
        PositionModified moved => new($"#{moved.Position}: stop loss {Level(moved.StopLoss)}, take profit {Level(moved.TakeProfit)}.", "move", "info"),
        PositionGuarded guarded => new($"#{guarded.Position}: {GuardsOf(guarded.Guards)}.", "move", "info"),
        StopMoved stop => new($"#{stop.Position}: the stop loss has moved to {PlainDecimal.Text(stop.StopLoss.Value)}: nothing to lose any more.", "move", "good"),
        AccountFailed failed => new($"The account has ended: the {RuleOf(failed.Breach)} was crossed.", "account", "bad"),
        AccountPaused paused => new($"Trading is paused until the next trading day: the {RuleOf(paused.Breach)} was crossed.", "account", "bad"),
        AccountResumed => new("A new trading day: the account trades again.", "account", "good"),
        PhasePassed => new("The phase is passed. Congratulations!", "account", "good"),
        SwapCharged swap => new($"#{swap.Position} swap {Signed(swap.Amount, currency)}.", "account", "info"),
        _ => null,
    };

    private string Net(PositionClosed closed, Currency currency) => Signed(closed.Profit + closed.Swap - closed.Commission, currency);

    private string Signed(decimal amount, Currency currency) => format.Money(Money.Rounded(amount, currency, MidpointRounding.AwayFromZero), signed: true);

    private string At(Price price, string symbol) => format.Price(price.Value, TerminalScreen.Instrument(symbol).Digits);

    private static string Plain(Lots lots) => PlainDecimal.Text(lots.Value);

    private static string RuleOf(Engine.Rules.Breach breach) => breach.Rule is Engine.Rules.LossRule.DailyLoss ? "daily loss limit" : "overall loss limit";

    private string WhyOf(RejectReason? reason) => reason is { } why ? $": {words.Text(TradingRefusal.Of(why), CultureInfo.InvariantCulture).TrimEnd('.')}" : "";

    private static string Level(Price? price) => price is { } value ? PlainDecimal.Text(value.Value) : "none";

    private static string KindOf(OrderKind kind) => kind switch { OrderKind.Limit => "limit", OrderKind.Stop => "stop", _ => "stop limit" };

    private static string GuardsOf(PositionGuards? guards)
    {
        if (guards is null) return "nothing watches over it any more";

        var parts = new List<string>();
        if (guards.TrailingDistance is { } distance) parts.Add($"the stop follows at {PlainDecimal.Text(distance.Value)}");
        if (guards.Breakeven is { } even) parts.Add($"breakeven after {PlainDecimal.Text(even.Trigger.Value)}");
        if (guards.CloseAt is not null) parts.Add("closes at its time");
        return string.Join(", ", parts);
    }

    private static string WhyOf(CancelReason reason) => reason switch
    {
        CancelReason.Oco => ": the other one of its group was taken",
        CancelReason.Expired => ": its time is over",
        CancelReason.Breach or CancelReason.Pause => " because a loss limit was crossed",
        CancelReason.Passed => ": the phase is passed",
        CancelReason.AccountClosed => ": the account is closed",
        _ => "",
    };

    private static string WhyOf(CloseReason reason) => reason switch
    {
        CloseReason.StopLoss => " by its stop loss",
        CloseReason.TakeProfit => " by its take profit",
        CloseReason.StopOut => " by the margin stop-out",
        CloseReason.Breach or CloseReason.Pause => " because a loss limit was crossed",
        CloseReason.TimeStop => " at its time",
        CloseReason.Reverse => " to turn round",
        CloseReason.Netting => " by netting",
        CloseReason.Weekend => " before the weekend",
        _ => "",
    };
}
