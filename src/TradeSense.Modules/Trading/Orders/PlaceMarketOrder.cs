using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader buys or sells at the market. Answered after the fill, or its refusal, is durable.</summary>
public sealed class PlaceMarketOrder(SendOrder orders, TimeProvider clock)
{
    /// <param name="ClientId">The sender's own id: sent twice with the same content it trades once.</param>
    /// <param name="Side">Buy or sell, in any case.</param>
    /// <param name="WorstPrice">A buy above or a sell below it is refused.</param>
    public sealed record Request(
        Guid AccountId, Guid UserId, string ClientId, string Symbol, string Side, string Lots, string? StopLoss = null, string? TakeProfit = null,
        string? WorstPrice = null, GuardText? Guards = null);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        if (SendOrder.FormOf(request.Symbol) is not { } form) return await orders.UnknownInstrument(request.AccountId, request.ClientId, request.Symbol, ct);

        var order = new MarketOrder(
            clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, form.Instrument.Symbol, form.Side(request.Side), form.Lots(request.Lots),
            form.Level(request.StopLoss, "StopLoss"), form.Level(request.TakeProfit, "TakeProfit"), form.Level(request.WorstPrice, "WorstPrice"), form.Guards(request.Guards));
        return form.Unreadable ?? await orders.Run(order, form, order.StopLoss is null ? "TakeProfit" : "StopLoss", ct);
    }
}
