using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Notifications;

namespace TradeSense.Modules.Payments;

/// <summary>A held payment went back at the gateway: the books follow, and an order that waited for nothing else is closed.</summary>
public sealed class RefundPayment(TradeSenseDb db, ReverseTransfer reverse, NotifyUser notify, AuditTrail audit, TimeProvider clock)
{
    public const int ShortestReference = 3, LongestReference = 100;

    /// <param name="Reference">The gateway's own number of the refund, by which finance finds it there.</param>
    public sealed record Request(Guid PaymentId, string? Reason, string? Reference, Guid By);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        if (await db.LockedHeldPayment(request.PaymentId, ct) is not { } held) return PaymentRefusal.UnknownPayment;
        if (held.Status is not HeldStatus.Held) return PaymentRefusal.NotHeld;

        var (reason, reference) = ((request.Reason ?? "").Trim(), (request.Reference ?? "").Trim());
        if (reference.Length is < ShortestReference or > LongestReference) return PaymentRefusal.RefundReferenceMissing.With(ShortestReference, LongestReference);
        if (reason.Length is < ReleasePayment.ShortestReason or > ReleasePayment.LongestReason) return PaymentRefusal.ReasonMissing.With(ReleasePayment.ShortestReason, ReleasePayment.LongestReason);

        held.Refund(request.By, reason, reference, clock.GetUtcNow());
        await GiveBack(held, ct);
        await audit.Record("payment.refunded", held.Subject, new { held.Gateway, held.Reference, held.Amount, held.Currency, Refund = reference, Reason = reason }, ct);
        if (held.OrderId is { } orderId) await Close(orderId, held, reason, ct);
        return Result.Ok;
    }

    private async Task GiveBack(HeldPayment held, CancellationToken ct)
    {
        if (!held.IsBooked) return;

        var booked = await db.Set<LedgerTransfer>().AsNoTracking().SingleAsync(transfer => transfer.IdempotencyKey == held.BookingKey, ct);
        var reversed = await reverse.Run(new(booked.Id, $"held-refund:{held.Id}", $"Held payment refunded, {held.RefundReference}"), ct);
        if (reversed.IsRefused) throw new InvalidOperationException($"The held payment {held.Reference} was reversed by something else.");
    }

    /// <summary>The order closes with its last held payment; one that was paid otherwise keeps its state.</summary>
    private async Task Close(Guid orderId, HeldPayment held, string reason, CancellationToken ct)
    {
        var order = await db.Set<Order>().FromSql($"select * from orders where id = {orderId} for update").SingleAsync(ct);
        var others = await db.Set<HeldPayment>().AnyAsync(other => other.OrderId == orderId && other.Id != held.Id && other.Status == HeldStatus.Held, ct);
        if (order.Status is OrderStatus.Held && !others) order.Refund();

        var buyer = await db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == order.UserId, ct);
        await notify.Run(new(
            buyer.Id, buyer.Email, "payment.refunded", "Your payment was refunded",
            $"The payment of {held.Amount:0.00} {held.Currency} for order {order.Number} goes back to where it came from, reference {held.RefundReference}. The reason: {reason}", $"/checkout/{order.Id}"), ct);
    }
}
