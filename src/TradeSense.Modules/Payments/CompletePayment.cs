using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Payments.Gateways;

namespace TradeSense.Modules.Payments;

/// <summary>
/// Makes of a gateway's report what it means for the order: paid, held or not paid. Reports may come twice and in any order; each order is
/// settled once. What the report says was paid must be what the order costs, else nothing starts.
/// </summary>
public sealed class CompletePayment(TradeSenseDb db, SettleOrder settle, HoldPayment hold, TimeProvider clock)
{
    public async Task Run(string gateway, PaymentEvent paid, CancellationToken ct)
    {
        var order = await db.Set<Order>().FromSql($"select * from orders where id = {paid.OrderId} for update").SingleOrDefaultAsync(ct);
        if (paid.Outcome is PaymentOutcome.Failed)
        {
            order?.PaymentFailed(paid.Problem ?? PaymentRefusal.NotPayable.Code);
            return;
        }

        if (order is { Status: OrderStatus.Paid } && order.PaymentReference == paid.Reference) return;

        if (order is not null && ProblemOf(order, gateway, paid) is null) await settle.Run(order, paid, clock.GetUtcNow(), ct);
        else await hold.Run(order, gateway, paid, order is null ? PaymentRefusal.UnknownOrder : ProblemOf(order, gateway, paid)!, ct);
    }

    private static Refusal? ProblemOf(Order order, string gateway, PaymentEvent paid)
    {
        if (order.Gateway != gateway || order.SessionId != paid.SessionId || order.Status is not OrderStatus.AwaitingPayment) return PaymentRefusal.SessionMismatch;
        if (order.Currency.Code != paid.Currency) return PaymentRefusal.CurrencyMismatch;
        return order.Price == paid.Amount ? null : PaymentRefusal.AmountMismatch;
    }
}
