using TradeSense.Engine.Values;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Payments.Gateways;

namespace TradeSense.Modules.Payments;

/// <summary>Money came that does not fit: it is booked as unmatched, the order shows it, the firm's money people are told, and nothing starts.</summary>
public sealed class HoldPayment(PostTransfer post, NotifyStaff notifyStaff, AuditTrail audit)
{
    internal async Task Run(Order? order, string gateway, PaymentEvent paid, Refusal reason, CancellationToken ct)
    {
        // An order that is paid or held already keeps its state: the money that came on top is what is held.
        if (order is { Status: OrderStatus.AwaitingPayment }) order.Hold(reason.Code);
        await Book(order, gateway, paid, ct);

        var subject = order?.Subject ?? $"event:{paid.EventId}";
        await audit.Record("payment.held", subject, new { gateway, paid.EventId, paid.Amount, paid.Currency, Reason = reason.Code, Expected = order?.Total.ToString() }, ct);
        await notifyStaff.Run(new(
            Permission.SeeMoney, "payment.held", "A payment is held",
            $"A payment of {paid.Amount:0.00} {paid.Currency} through {gateway} does not fit {(order is null ? "any order" : $"order {order.Number} of {order.Total}")}. Nothing was started; compare it with the gateway's records.",
            "/firm"), ct);
    }

    /// <summary>Currencies and fractions the ledger does not keep stay in the inbox and the audit trail only.</summary>
    private async Task Book(Order? order, string gateway, PaymentEvent paid, CancellationToken ct)
    {
        if (!Currency.TryOf(paid.Currency, out var currency) || paid.Amount <= 0 || paid.Amount != decimal.Round(paid.Amount, currency.MinorDigits, MidpointRounding.ToZero)) return;

        var amount = new Money(paid.Amount, currency);
        await post.Run(new(
            $"unmatched:{gateway}:{paid.Reference}", LedgerTransferKind.UnmatchedReceipt, order?.Subject ?? $"event:{paid.EventId}", "Payment held: it does not fit the order",
            [new(LedgerAccountName.GatewayClearing(gateway), amount), new(LedgerAccountName.UnmatchedReceipts, -amount)]), ct);
    }
}
