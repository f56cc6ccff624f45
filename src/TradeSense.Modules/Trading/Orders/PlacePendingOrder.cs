using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader leaves an order that waits for its price: a limit, a stop, or a stop that becomes a limit.</summary>
public sealed class PlacePendingOrder(SendOrder orders, TimeProvider clock)
{
    /// <param name="Kind">Limit, stop or stopLimit, in any case.</param>
    public sealed record Request(
        Guid AccountId, Guid UserId, string ClientId, string Symbol, string Side, string Kind, string Lots, string Price, string? LimitPrice = null, string? StopLoss = null,
        string? TakeProfit = null, ExpiryText? Expiry = null, GuardText? Guards = null);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        if (SendOrder.FormOf(request.Symbol) is not { } form) return await orders.UnknownInstrument(request.AccountId, request.ClientId, request.Symbol, ct);

        var now = clock.GetUtcNow();
        var leg = PendingLeg.Read(form, request.Side, request.Kind, request.Lots, request.Price, request.LimitPrice, request.StopLoss, request.TakeProfit, request.Guards);
        var command = new PlaceOrders(now, new AccountId(request.AccountId), request.ClientId, [leg], form.Expiry(request.Expiry, now), OrderBond.None);
        return form.Unreadable ?? await orders.Run(command, form, "Price", ct);
    }
}

/// <summary>One pending order as typed.</summary>
internal static class PendingLeg
{
    public static OrderLeg Read(
        OrderForm form, string? side, string? kind, string? lots, string? price, string? limitPrice, string? stopLoss, string? takeProfit, GuardText? guards)
    {
        var leg = new OrderLeg(
            form.Instrument.Symbol, form.Side(side), form.Lots(lots), form.Kind(kind), form.Price(price, "Price"), form.Level(limitPrice, "LimitPrice"), form.Level(stopLoss, "StopLoss"),
            form.Level(takeProfit, "TakeProfit"), form.Guards(guards));

        // The limit price belongs to a stop-limit and to nothing else.
        if (leg.Kind == OrderKind.StopLimit && leg.LimitPrice is null) form.Price(null, "LimitPrice");
        if (leg.Kind != OrderKind.StopLimit) leg = leg with { LimitPrice = null };
        form.Around(leg.Side, leg.Entry, leg.StopLoss, leg.TakeProfit);
        return leg;
    }
}
