using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Payments.Gateways;

namespace TradeSense.Modules.Payments;

/// <summary>Leads the trader of an unpaid order to the gateway's payment page.</summary>
public sealed class OpenPaymentPage(TradeSenseDb db, GatewayAccounts gateways)
{
    /// <summary>The payment page's address.</summary>
    public async Task<Result<string>> Run(Guid orderId, Guid userId, CancellationToken ct)
    {
        // Two tabs must not open two pages: each could be paid.
        var order = await db.Set<Order>().FromSql($"select * from orders where id = {orderId} for update").SingleOrDefaultAsync(order => order.UserId == userId, ct);
        if (order is null) return PaymentRefusal.UnknownOrder;
        if (order.Status is not OrderStatus.AwaitingPayment) return PaymentRefusal.NotPayable;
        if (await gateways.Find(order.Gateway, ct) is not { } account) return PaymentRefusal.NoGateway;

        var page = await account.Gateway.Open(new(order.Id, order.Number, order.Title, order.Total, order.SessionId, $"/checkout/{order.Id}"), ct);
        order.SessionId = page.SessionId;
        return page.Address;
    }
}
