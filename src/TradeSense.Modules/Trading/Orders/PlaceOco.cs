using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>Two pending orders or more of which one cancels the others: a fill or trigger ends the rest in the same step.</summary>
public sealed class PlaceOco(SendOrder orders, TimeProvider clock)
{
    public sealed record Leg(
        string Symbol, string Side, string Kind, string Lots, string Price, string? LimitPrice = null, string? StopLoss = null, string? TakeProfit = null, GuardText? Guards = null);

    /// <param name="Legs">Two to ten; refusals name <c>Legs[0].Price</c> …</param>
    public sealed record Request(Guid AccountId, Guid UserId, string ClientId, IReadOnlyList<Leg> Legs, ExpiryText? Expiry = null);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;

        var (now, legs, forms) = (clock.GetUtcNow(), new List<OrderLeg>(), new List<OrderForm>());
        foreach (var leg in request.Legs)
        {
            if (SendOrder.FormOf(leg.Symbol, $"Legs[{legs.Count}].") is not { } form)
            {
                var unknown = await orders.UnknownInstrument(request.AccountId, request.ClientId, leg.Symbol, ct);
                return unknown.Code == TradingRefusal.UnknownInstrument.Code ? unknown with { Field = $"Legs[{legs.Count}].Symbol" } : unknown;
            }

            legs.Add(PendingLeg.Read(form, leg.Side, leg.Kind, leg.Lots, leg.Price, leg.LimitPrice, leg.StopLoss, leg.TakeProfit, leg.Guards));
            forms.Add(form);
        }

        if (forms.Count == 0) return TradingRefusal.InvalidKind with { Field = "Legs" };
        var expiry = forms[0].Expiry(request.Expiry, now);
        if (forms.Find(form => form.Unreadable is not null) is { } unreadable) return unreadable.Unreadable!;

        var command = new PlaceOrders(now, new AccountId(request.AccountId), request.ClientId, legs, expiry, OrderBond.Oco);
        var wrong = forms.Where((form, i) => !form.Instrument.Accepts(legs[i].Lots)).Concat(forms.Where(form => form.WrongPrice is not null)).FirstOrDefault() ?? forms[0];
        if (legs.Count is < 2 or > PlaceOrders.MostOfOco) wrong.WrongQuantity = TradingRefusal.InvalidKind with { Field = "Legs" };
        return await orders.Run(command, wrong, "Price", ct);
    }
}
