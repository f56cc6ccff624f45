using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>Entry, stop loss and take profit as one unit: the pair is armed when the entry fills, for what filled.</summary>
public sealed class PlaceBracket(SendOrder orders, TimeProvider clock)
{
    /// <param name="Entry">Market, limit, stop or stopLimit, in any case; all but market need a price.</param>
    public sealed record Request(
        Guid AccountId, Guid UserId, string ClientId, string Symbol, string Side, string Entry, string Lots, string? Price, string? LimitPrice, string StopLoss, string TakeProfit,
        ExpiryText? Expiry = null, GuardText? Guards = null);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        if (SendOrder.FormOf(request.Symbol) is not { } form) return await orders.UnknownInstrument(request.AccountId, request.ClientId, request.Symbol, ct);

        var (now, account) = (clock.GetUtcNow(), new AccountId(request.AccountId));
        var isMarket = form.Word(
            request.Entry, "Entry", TradingRefusal.InvalidKind, ("MARKET", true), ("LIMIT", false), ("STOP", false), ("STOPLIMIT", false));
        AccountCommand command = isMarket
            ? new MarketOrder(now, account, request.ClientId, form.Instrument.Symbol, form.Side(request.Side), form.Lots(request.Lots),
                form.Price(request.StopLoss, "StopLoss"), form.Price(request.TakeProfit, "TakeProfit"), null, form.Guards(request.Guards))
            : new PlaceOrders(now, account, request.ClientId, [Leg(form, request)], form.Expiry(request.Expiry, now), OrderBond.None);
        return form.Unreadable ?? await orders.Run(command, form, isMarket ? "StopLoss" : "Price", ct);
    }

    /// <summary>Both levels must be there: an empty one is as wrong as one that is no price.</summary>
    private static OrderLeg Leg(OrderForm form, Request request)
    {
        var leg = PendingLeg.Read(
            form, request.Side, request.Entry, request.Lots, request.Price, request.LimitPrice, request.StopLoss, request.TakeProfit, request.Guards);
        return leg with { StopLoss = leg.StopLoss ?? form.Price(null, "StopLoss"), TakeProfit = leg.TakeProfit ?? form.Price(null, "TakeProfit") };
    }
}
