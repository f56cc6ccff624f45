using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Payments.Gateways;

namespace TradeSense.Modules.Payments;

/// <summary>The order is paid as it should be: the sale goes into the books and the challenge starts.</summary>
public sealed class SettleOrder(
    TradeSenseDb db, GatewayAccounts gateways, DocumentNumbers numbers, PostTransfer post, StartChallenge startChallenge, NotifyUser notify)
{
    internal async Task Run(Order order, PaymentEvent paid, DateTimeOffset now, CancellationToken ct)
    {
        order.Pay(paid.Reference, await numbers.Next(DocumentNumbers.Receipts, ct), now);
        await Book(order, ct);

        var started = await startChallenge.Run(new(order.Id, order.UserId, order.ModelVersionId, order.Size), ct);
        if (started.IsRefused) throw new InvalidOperationException($"Order {order.Number} is paid, but its challenge did not start: {started.Refusal.Code}.");

        var buyer = await db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == order.UserId, ct);
        await notify.Run(new(
            buyer.Id, buyer.Email, "order.paid", $"Payment received: {order.Title}",
            $"Order {order.Number} is paid, receipt {order.ReceiptNumber}. Your account is ready to trade.", $"/checkout/{order.Id}"), ct);
    }

    private async Task Book(Order order, CancellationToken ct)
    {
        var account = await gateways.Find(order.Gateway, ct);
        var fee = account?.FeeOf(order.Total) ?? Engine.Values.Money.Zero(order.Currency);
        PostTransfer.Entry[] entries =
        [
            new(LedgerAccountName.GatewayClearing(order.Gateway), order.Total - fee), new(LedgerAccountName.GatewayFees(order.Gateway), fee), new(LedgerAccountName.Sales, -order.Total),
        ];
        var posted = await post.Run(
            new($"sale:{order.Id}", LedgerTransferKind.Sale, order.Subject, $"Order {order.Number}: {order.Title}", [.. entries.Where(entry => !entry.Amount.IsZero)]), ct);
        if (posted.IsRefused) throw new InvalidOperationException($"The sale of order {order.Number} is in the books with other amounts.");
    }
}
