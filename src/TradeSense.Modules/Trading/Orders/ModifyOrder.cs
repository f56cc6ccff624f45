using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using Modify = TradeSense.Engine.Inputs.ModifyOrder;

namespace TradeSense.Modules.Trading.Orders;

/// <summary>A trader changes a pending order: everything named is set, an empty level is removed.</summary>
public sealed class ModifyOrder(SendOrder orders, TradeSenseDb db, TimeProvider clock)
{
    /// <param name="Expiry">Null keeps what it was.</param>
    public sealed record Request(
        Guid AccountId, Guid UserId, string ClientId, int Order, string Lots, string Price, string? LimitPrice, string? StopLoss, string? TakeProfit, ExpiryText? Expiry = null);

    public async Task<Result<CommandOutcome.Accepted>> Run(Request request, CancellationToken ct)
    {
        if (await orders.Check(request.AccountId, request.UserId, request.ClientId, ct) is { } refusal) return refusal;
        var order = await orders.WaitingOrder(request.AccountId, request.Order, ct);
        if (SendOrder.FormOf(order?.Symbol) is not { } form)
        {
            // The desk says so, after it has said whether the account trades at all; a size of zero changes nothing whatever the number means to it.
            var nothing = new Modify(clock.GetUtcNow(), new AccountId(request.AccountId), request.ClientId, new OrderNumber(request.Order), default, default, null, null, null, Expiry.None);
            return await orders.Run(nothing, null, "", ct);
        }

        var now = clock.GetUtcNow();
        var leg = PendingLeg.Read(
            form, order!.Side.ToString(), order.Kind.ToString(), request.Lots, request.Price, request.LimitPrice, request.StopLoss, request.TakeProfit, null);
        var expiry = request.Expiry is null ? await Kept(request, ct) : form.Expiry(request.Expiry, now);
        var command = new Modify(
            now, new AccountId(request.AccountId), request.ClientId, new OrderNumber(request.Order), leg.Lots, leg.Price, leg.LimitPrice, leg.StopLoss, leg.TakeProfit, expiry);
        return form.Unreadable ?? await orders.Run(command, form, "Price", ct);
    }

    private async Task<Expiry> Kept(Request request, CancellationToken ct) =>
        await db.Set<PendingOrder>().AsNoTracking().SingleOrDefaultAsync(row => row.AccountId == request.AccountId && row.Number == request.Order, ct) is { } order
            ? new Expiry(order.Expiry, order.Until)
            : Expiry.None;
}
