using TradeSense.Modules;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Orders;

namespace TradeSense.Web.Api.V2;

/// <summary>Sends an order of the API to the use case of its type, the same one the terminal's ticket goes to.</summary>
internal sealed class OrderPlacer(PlaceMarketOrder market, PlacePendingOrder pending, PlaceBracket bracket, PlaceOco oco, PlaceScaled scaled)
{
    /// <summary>What an order type takes beside its client id and type.</summary>
    private static readonly Dictionary<string, string[]> Takes = new(StringComparer.Ordinal)
    {
        ["market"] = ["symbol", "side", "lots", "stopLoss", "takeProfit", "worstPrice", .. Guards],
        ["limit"] = ["symbol", "side", "lots", "price", "stopLoss", "takeProfit", "expiry", "until", .. Guards],
        ["stop"] = ["symbol", "side", "lots", "price", "stopLoss", "takeProfit", "expiry", "until", .. Guards],
        ["stopLimit"] = ["symbol", "side", "lots", "price", "limitPrice", "stopLoss", "takeProfit", "expiry", "until", .. Guards],
        ["bracket"] = ["symbol", "side", "lots", "entry", "price", "limitPrice", "stopLoss", "takeProfit", "expiry", "until", .. Guards],
        ["oco"] = ["legs", "expiry", "until"],
        ["scaled"] = ["symbol", "side", "lots", "from", "to", "count", "split", "stopLoss", "takeProfit", "expiry", "until"],
    };

    private static string[] Guards => ["trailingDistance", "breakevenTrigger", "breakevenOffset", "closeAt"];

    public async Task<Result<CommandOutcome.Accepted>> Run(Guid account, Guid user, NewOrder order, CancellationToken ct)
    {
        if (order.Type is null || !Takes.TryGetValue(order.Type, out var takes)) return TradingRefusal.InvalidKind with { Field = "type" };
        if (Given(order).FirstOrDefault(field => !takes.Contains(field)) is { } stray) return ApiRefusal.MalformedJson with { Field = stray };

        var (id, symbol, side, lots) = (order.ClientId ?? "", order.Symbol ?? "", order.Side ?? "", order.Lots ?? "");
        var expiry = Expiry(order.Expiry, order.Until);
        return order.Type switch
        {
            "market" => await market.Run(new(account, user, id, symbol, side, lots, order.StopLoss, order.TakeProfit, order.WorstPrice, GuardsOf(order)), ct),
            "bracket" => await bracket.Run(
                new(account, user, id, symbol, side, order.Entry ?? "", lots, order.Price, order.LimitPrice, order.StopLoss ?? "", order.TakeProfit ?? "", expiry, GuardsOf(order)), ct),
            "oco" => LegsOf(order) is { } legs ? await oco.Run(new(account, user, id, legs, expiry), ct) : ApiRefusal.MalformedJson with { Field = "legs" },
            "scaled" => await scaled.Run(
                new(account, user, id, symbol, side, lots, order.From ?? "", order.To ?? "", order.Count ?? 0, order.Split, order.StopLoss, order.TakeProfit, expiry), ct),
            _ => await pending.Run(new(account, user, id, symbol, side, order.Type, lots, order.Price ?? "", order.LimitPrice, order.StopLoss, order.TakeProfit, expiry, GuardsOf(order)), ct),
        };
    }

    /// <summary>Said outright, so that the same command means the same whenever it is sent.</summary>
    public static ExpiryText Expiry(string? kind, DateTimeOffset? until) => new(string.IsNullOrEmpty(kind) ? until is null ? "gtc" : "until" : kind, until);

    private static List<PlaceOco.Leg>? LegsOf(NewOrder order)
    {
        var legs = new List<PlaceOco.Leg>();
        foreach (var leg in order.Legs ?? [])
        {
            if (leg is null) return null;
            legs.Add(new(leg.Symbol ?? "", leg.Side ?? "", leg.Type ?? "", leg.Lots ?? "", leg.Price ?? "", leg.LimitPrice, leg.StopLoss, leg.TakeProfit));
        }

        return legs;
    }

    private static GuardText? GuardsOf(NewOrder order) =>
        order.TrailingDistance is null && order.BreakevenTrigger is null && order.BreakevenOffset is null && order.CloseAt is null
            ? null
            : new GuardText(order.TrailingDistance, order.BreakevenTrigger, order.BreakevenOffset, order.CloseAt);

    private static IEnumerable<string> Given(NewOrder order)
    {
        if (order.Symbol is not null) yield return "symbol";
        if (order.Side is not null) yield return "side";
        if (order.Lots is not null) yield return "lots";
        if (order.Price is not null) yield return "price";
        if (order.LimitPrice is not null) yield return "limitPrice";
        if (order.StopLoss is not null) yield return "stopLoss";
        if (order.TakeProfit is not null) yield return "takeProfit";
        if (order.WorstPrice is not null) yield return "worstPrice";
        if (order.Entry is not null) yield return "entry";
        if (order.From is not null) yield return "from";
        if (order.To is not null) yield return "to";
        if (order.Count is not null) yield return "count";
        if (order.Split is not null) yield return "split";
        if (order.Legs is not null) yield return "legs";
        if (order.Expiry is not null) yield return "expiry";
        if (order.Until is not null) yield return "until";
        if (order.TrailingDistance is not null) yield return "trailingDistance";
        if (order.BreakevenTrigger is not null) yield return "breakevenTrigger";
        if (order.BreakevenOffset is not null) yield return "breakevenOffset";
        if (order.CloseAt is not null) yield return "closeAt";
    }
}
