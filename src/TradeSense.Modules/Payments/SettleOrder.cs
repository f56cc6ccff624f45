using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
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
        await Start(order, ct);
    }

    /// <summary>The firm lets a held payment count as this order's. What is more than the price goes back through the gateway.</summary>
    internal async Task Release(Order order, HeldPayment held, DateTimeOffset now, CancellationToken ct)
    {
        var received = held.Booked!.Value;
        var paid = received.Amount < order.Price ? received : order.Total;
        order.PayReleased(paid, held.Reference, await numbers.Next(DocumentNumbers.Receipts, ct), now);

        var fee = (await gateways.Find(held.Gateway, ct))?.FeeOf(received) ?? Money.Zero(order.Currency);
        PostTransfer.Entry[] entries =
        [
            new(LedgerAccountName.UnmatchedReceipts, received), new(LedgerAccountName.GatewayClearing(held.Gateway), -(fee + received - paid)),
            new(LedgerAccountName.GatewayFees(held.Gateway), fee), new(LedgerAccountName.Sales, -paid),
        ];
        await Post(new($"sale:{order.Id}", LedgerTransferKind.HeldRelease, order.Subject, $"Order {order.Number}: {order.Title}, held payment released", [.. entries.Where(entry => !entry.Amount.IsZero)]), ct);
        await Start(order, ct);
    }

    private async Task Start(Order order, CancellationToken ct)
    {
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
        var fee = account?.FeeOf(order.Total) ?? Money.Zero(order.Currency);
        PostTransfer.Entry[] entries =
        [
            new(LedgerAccountName.GatewayClearing(order.Gateway), order.Total - fee), new(LedgerAccountName.GatewayFees(order.Gateway), fee), new(LedgerAccountName.Sales, -order.Total),
        ];
        await Post(new($"sale:{order.Id}", LedgerTransferKind.Sale, order.Subject, $"Order {order.Number}: {order.Title}", [.. entries.Where(entry => !entry.Amount.IsZero)]), ct);
    }

    private async Task Post(PostTransfer.Request sale, CancellationToken ct)
    {
        var posted = await post.Run(sale, ct);
        if (posted.IsRefused) throw new InvalidOperationException($"{sale.IdempotencyKey} is in the books with other amounts.");
    }
}
