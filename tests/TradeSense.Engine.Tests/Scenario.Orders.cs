using System.Globalization;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Tests;

/// <summary>What waits for a price, and what watches over a position, in a story.</summary>
/// <remarks>
/// <code>
/// limit A buy 1.00 EURUSD 1.09900 sl 1.09 tp 1.12 day     stop A …; stoplimit A buy 1.00 EURUSD 1.10100 1.10120; until 2026-03-02T13:00:00Z; trail 0.00100
/// oco A buy limit 1.00 EURUSD 1.09900 | sell stop 1.00 EURUSD 1.09500
/// scaled A buy 1.00 EURUSD 1.09900 1.09700 3 weighted
/// cancel A !1, cancel A !1 group, cancelall A, change A !1 2.00 1.09800 sl 1.09, flatten A
/// trail A #1 0.00100, even A #1 0.00200 0.00010, timestop A #1 2026-03-02T13:00:00Z, reverse A #1
/// → placed A !1 buy 1 EURUSD limit 1.099
/// = A #1.stop 1.099 #1.worst 1.0985
/// </code>
/// </remarks>
internal sealed partial class Scenario
{
    private EngineInput OrderInput(string[] words) => words switch
    {
        ["limit" or "stop" or "stoplimit", var name, var side, .. var rest] => new PlaceOrders(_at, Account(name), Id(), [Leg(words[0], side, rest)], Ending(rest), OrderBond.None),
        ["oco", var name, .. var legs] => new PlaceOrders(
            _at, Account(name), Id(), [.. string.Join(' ', legs).Split(" | ").Select(leg => leg.Split(' ')).Select(leg => Leg(leg[1], leg[0], leg[2..]))], Ending(legs), OrderBond.Oco),
        ["scaled", var name, var side, var lots, var symbol, var from, var to, var count, .. var rest] => new PlaceOrders(
            _at, Account(name), Id(),
            ScaledSplit.Of(InstrumentCatalog.All.First(i => i.Symbol == symbol), SideOf(side), new Lots(Number(lots)), PriceOf(from), PriceOf(to), (int)Number(count), rest.Contains("weighted"))!,
            Ending(rest), OrderBond.Scaled),
        ["cancel", var name, var order, .. var group] => new CancelOrder(_at, Account(name), Id(), OrderOf(order), group is ["group"]),
        ["cancelall", var name] => new CancelAllOrders(_at, Account(name), Id()),
        ["change", var name, var order, var lots, var price, .. var rest] => new ModifyOrder(
            _at, Account(name), Id(), OrderOf(order), new Lots(Number(lots)), PriceOf(price), Level(rest, "at"), Level(rest, "sl"), Level(rest, "tp"), Ending(rest)),
        ["news", var currency, var at] => new NewsInput(_at, [new NewsEvent(Instant(at), currency)]),
        ["flatten", var name] => new CloseAllPositions(_at, Account(name), Id(), null, WithOrders: true),
        ["reverse", var name, var position] => new ReversePosition(_at, Account(name), Id(), PositionOf(position)),
        ["trail", var name, var position, .. var distance] => new SetTrailingStop(_at, Account(name), Id(), PositionOf(position), distance is [var d] ? PriceOf(d) : null),
        ["even", var name, var position, .. var levels] => new SetBreakeven(
            _at, Account(name), Id(), PositionOf(position), levels is [var trigger, .. var offset] ? new Breakeven(PriceOf(trigger), offset is [var o] ? PriceOf(o) : null) : null),
        ["timestop", var name, var position, .. var at] => new SetTimeStop(_at, Account(name), Id(), PositionOf(position), at is [var when] ? Instant(when) : null),
        _ => throw new FormatException(string.Join(' ', words)),
    };

    private string OrderTold(EngineEvent happened) => happened switch
    {
        OrderPlaced e => $"placed {Of(e)} {Told(e.Order)}",
        OrderModified e => $"changed {Of(e)} {Told(e.Order)}",
        OrderTriggered e => $"triggered {Of(e)} !{e.Order}",
        OrderCancelled e => $"cancelled {Of(e)} !{e.Order} {Word(e.Reason)}{(e.Refusal is { } reason ? $" {reason.Code()}" : "")}",
        PositionGuarded e => $"guarded {Of(e)} #{e.Position} stop {Text(e.StopLoss?.Value)}",
        StopMoved e => $"moved {Of(e)} #{e.Position} stop {Text(e.StopLoss.Value)}",
        _ => throw new NotSupportedException(happened.GetType().Name),
    };

    private static string Told(OrderState order) =>
        $"!{order.Number} {Word(order.Side)} {Text(order.Lots.Value)} {order.Symbol} {Word(order.Kind)} {Text(order.Price.Value)}{(order.LimitPrice is { } limit ? $" at {Text(limit.Value)}" : "")}";

    private static string Of(AccountView view, string name)
    {
        var (number, figure) = (new PositionNumber((int)Number(name.Split('.')[0])), name.Split('.')[1]);
        var position = view.Positions.Single(p => p.State.Number == number).State;
        return figure switch
        {
            "stop" => Text(position.StopLoss?.Value),
            "worst" => Text(position.Worst?.Value),
            "best" => Text(position.Best?.Value),
            "price" => Text(position.OpenPrice.Value),
            "lots" => Text(position.Lots.Value),
            "margin" => Text(position.MarginHigh),
            _ => throw new FormatException(name),
        };
    }

    private static TradingRules? Rules(Dictionary<string, string> given)
    {
        decimal? Of(string name) => given.TryGetValue(name, out var text) ? Number(text) : null;
        var rules = new TradingRules
        {
            Netting = given.ContainsKey("netting"), OvernightFee = Of("fee"), MaximumOrderLots = Of("maxOrder"), MaximumOpenLots = Of("maxOpen"), MaximumPositions = (int?)Of("maxPositions"),
            MaximumTradesPerDay = (int?)Of("maxTrades"), CoinsAtWeekends = given.ContainsKey("coins"), ClosesOvernight = given.ContainsKey("closesOvernight"),
            GuardsStopLoss = given.ContainsKey("guard"), ProfitableDay = Of("profitableDay") is { } least ? new Percent(least) : null,
            LeverageOf = Of("metals") is { } metals ? new ClassLeverage(Metals: (int)metals) : null,
            MarkupOf = Of("metalsMarkup") is { } marked ? new ClassMarkup(Metals: (int)marked) : null,
            News = Of("news") is { } minutes ? new NewsRule((int)minutes, (int)minutes, given.ContainsKey("counted") ? NewsEffect.Reduce : NewsEffect.Block, new Percent(Of("counted") ?? 0m)) : null,
        };
        return rules == new TradingRules() ? null : rules;
    }

    private static OrderLeg Leg(string kind, string side, string[] words) => new(
        words[1], SideOf(side), new Lots(Number(words[0])), kind switch { "limit" => OrderKind.Limit, "stop" => OrderKind.Stop, _ => OrderKind.StopLimit }, PriceOf(words[2]),
        kind == "stoplimit" ? PriceOf(words[3]) : null, Level(words, "sl"), Level(words, "tp"), Level(words, "trail") is { } distance ? new PositionGuards(distance) : null);

    private static Expiry Ending(string[] words) =>
        words.Contains("day") ? Expiry.Day : Array.IndexOf(words, "until") is >= 0 and var i ? Expiry.At(Instant(words[i + 1])) : Expiry.None;

    private static Side SideOf(string word) => word == "buy" ? Side.Buy : Side.Sell;

    private static OrderNumber OrderOf(string text) => new((int)Number(text[1..]));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
