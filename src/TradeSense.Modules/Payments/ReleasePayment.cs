using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payments;

/// <summary>The firm lets a held payment count: what is missing to the price is waived, what is too much goes back, and the challenge starts.</summary>
public sealed class ReleasePayment(TradeSenseDb db, SettleOrder settle, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Enough to be a reason, little enough to be read.</summary>
    public const int ShortestReason = 10, LongestReason = 500;

    public async Task<Result> Run(Guid paymentId, string? reason, Guid by, CancellationToken ct)
    {
        if (await db.LockedHeldPayment(paymentId, ct) is not { } held) return PaymentRefusal.UnknownPayment;
        if (held.Status is not HeldStatus.Held) return PaymentRefusal.NotHeld;

        var words = (reason ?? "").Trim();
        if (words.Length is < ShortestReason or > LongestReason) return PaymentRefusal.ReasonMissing.With(ShortestReason, LongestReason);

        var order = await db.Set<Order>().FromSql($"select * from orders where id = {held.OrderId} for update").SingleOrDefaultAsync(ct);
        if (order is not { Status: OrderStatus.Held }) return PaymentRefusal.NothingToStart;
        if (held.Booked is not { } amount || amount.Currency != order.Currency) return PaymentRefusal.OtherCurrency.With(held.Currency, order.Currency.Code);

        var now = clock.GetUtcNow();
        held.Release(by, words, now);
        await settle.Release(order, held, now, ct);
        await audit.Record("payment.released", order.Subject, new { held.Gateway, held.Reference, held.Amount, held.Currency, Price = order.Total.ToString(), Reason = words }, ct);
        return Result.Ok;
    }
}
