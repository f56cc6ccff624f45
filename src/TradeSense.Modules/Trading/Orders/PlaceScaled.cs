using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader spreads lots over limits of a price range; one cancel takes them all.</summary>
public sealed class PlaceScaled(SendOrder orders, TimeProvider clock)
{
    /// <param name="Lots">Of all limits together.</param>
    /// <param name="Split">Equal (also when empty), or weighted: growing 1, 2, 3 … towards <paramref name="To"/>.</param>
    public sealed record Request(
        Guid AccountId, Guid UserId, string ClientId, string Symbol, string Side, string Lots, string From, string To, int Count, string? Split = null, string? StopLoss = null,
        string? TakeProfit = null, ExpiryText? Expiry = null);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        if (SendOrder.FormOf(request.Symbol) is not { } form) return await orders.UnknownInstrument(request.AccountId, request.ClientId, request.Symbol, ct);

        var (now, side, lots) = (clock.GetUtcNow(), form.Side(request.Side), form.Lots(request.Lots));
        var (from, to) = (form.Price(request.From, "From"), form.Price(request.To, "To"));
        var isWeighted = form.Word(string.IsNullOrEmpty(request.Split) ? "equal" : request.Split, "Split", TradingRefusal.InvalidKind, ("EQUAL", false), ("WEIGHTED", true));
        var (stopLoss, takeProfit) = (form.Level(request.StopLoss, "StopLoss"), form.Level(request.TakeProfit, "TakeProfit"));
        var isCount = request.Count is >= 2 and <= ScaledSplit.MostLegs;
        if (!isCount) form.WrongQuantity = TradingRefusal.InvalidCount.With(2, ScaledSplit.MostLegs);
        foreach (var edge in (Price[])[from, to]) form.Around(side, edge, stopLoss, takeProfit);

        // Lots that cannot be divided so are left as one impossible leg each, and a wrong number of them as one alone: the engine refuses them in their place among the reasons.
        var legs = ScaledSplit.Of(form.Instrument, side, lots, from, to, request.Count, isWeighted, stopLoss, takeProfit)
            ?? [.. Enumerable.Range(0, isCount ? request.Count : 1).Select(_ => new OrderLeg(form.Instrument.Symbol, side, default, OrderKind.Limit, from, null, stopLoss, takeProfit))];
        var command = new PlaceOrders(now, new AccountId(request.AccountId), request.ClientId, legs, form.Expiry(request.Expiry, now), OrderBond.Scaled);
        return form.Unreadable ?? await orders.Run(command, form, "From", ct);
    }
}
