using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Payments.Gateways;

namespace TradeSense.Modules.Payments;

/// <summary>Money came that does not fit: it is kept and booked as unmatched, the order shows it, the firm's money people are told, and nothing starts.</summary>
public sealed class HoldPayment(TradeSenseDb db, PostTransfer post, NotifyStaff notifyStaff, AuditTrail audit, TimeProvider clock)
{
    private const int LongestCurrency = 12;

    internal async Task Run(Order? order, string gateway, PaymentEvent paid, Refusal reason, CancellationToken ct)
    {
        // Gateways tell of one payment in several events; it is held once, however it was decided since.
        if (await db.Set<HeldPayment>().AnyAsync(held => held.Gateway == gateway && held.Reference == paid.Reference, ct)) return;

        // An order that is paid or held already keeps its state: the money that came on top is what is held.
        if (order is { Status: OrderStatus.AwaitingPayment }) order.Hold(reason.Code);
        var held = Kept(order, gateway, paid, reason, await Book(order, gateway, paid, ct));

        await audit.Record("payment.held", order?.Subject ?? held.Subject, new { gateway, paid.EventId, paid.Amount, paid.Currency, Reason = reason.Code, Expected = order?.Total.ToString() }, ct);
        await notifyStaff.Run(new(
            Permission.SeeMoney, "payment.held", "A payment is held",
            $"A payment of {paid.Amount:0.00} {paid.Currency} through {gateway} does not fit {(order is null ? "any order" : $"order {order.Number} of {order.Total}")}. Nothing was started; compare it with the gateway's records.",
            $"/firm/money/held?id={held.Id}"), ct);
    }

    private HeldPayment Kept(Order? order, string gateway, PaymentEvent paid, Refusal reason, bool isBooked)
    {
        var now = clock.GetUtcNow();
        var held = new HeldPayment
        {
            Id = Guid.CreateVersion7(now), OrderId = order?.Id, Gateway = gateway, EventId = paid.EventId, Reference = paid.Reference, Amount = paid.Amount,
            Currency = paid.Currency.Length <= LongestCurrency ? paid.Currency : paid.Currency[..LongestCurrency], IsBooked = isBooked, Problem = reason.Code, ReceivedAt = now,
        };
        db.Add(held);
        return held;
    }

    /// <summary>Currencies and fractions the ledger does not keep stay in the inbox, the audit trail and the list of held payments only.</summary>
    private async Task<bool> Book(Order? order, string gateway, PaymentEvent paid, CancellationToken ct)
    {
        if (!Currency.TryOf(paid.Currency, out var currency) || paid.Amount <= 0 || paid.Amount != decimal.Round(paid.Amount, currency.MinorDigits, MidpointRounding.ToZero)) return false;

        var amount = new Money(paid.Amount, currency);
        await post.Run(new(
            HeldPayment.BookingKeyOf(gateway, paid.Reference), LedgerTransferKind.UnmatchedReceipt, order?.Subject ?? $"event:{paid.EventId}", "Payment held: it does not fit the order",
            [new(LedgerAccountName.GatewayClearing(gateway), amount), new(LedgerAccountName.UnmatchedReceipts, -amount)]), ct);
        return true;
    }
}
