using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payments;

/// <summary>Released: it counts as the order's payment. Refunded: it went back.</summary>
public enum HeldStatus { Held, Released, Refunded }

/// <summary>Money that came but fits no order. It is decided once, by a person, with a reason.</summary>
public sealed class HeldPayment : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }

    /// <summary>Null where the gateway named an order nobody placed.</summary>
    public Guid? OrderId { get; init; }

    public required string Gateway { get; init; }
    public required string EventId { get; init; }
    public required string Reference { get; init; }

    /// <summary>The gateway's words: it may be a currency or a fraction the ledger does not keep.</summary>
    public decimal Amount { get; init; }
    public required string Currency { get; init; }
    public bool IsBooked { get; init; }

    /// <summary>Why it is held: the code of a refusal.</summary>
    public required string Problem { get; init; }

    public HeldStatus Status { get; private set; }
    public DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public string? DecisionReason { get; private set; }
    public string? RefundReference { get; private set; }

    public string Subject => $"payment:{Id}";

    /// <summary>The ledger's key of the transfer that booked it as unmatched.</summary>
    public string BookingKey => BookingKeyOf(Gateway, Reference);

    /// <summary>Null for what the ledger does not keep.</summary>
    public Money? Booked => IsBooked ? new Money(Amount, Engine.Values.Currency.Of(Currency)) : null;

    public static string BookingKeyOf(string gateway, string reference) => $"unmatched:{gateway}:{reference}";

    public void Release(Guid by, string reason, DateTimeOffset at) => (Status, DecidedBy, DecisionReason, DecidedAt) = (HeldStatus.Released, by, reason, at);

    public void Refund(Guid by, string reason, string reference, DateTimeOffset at) =>
        (Status, DecidedBy, DecisionReason, RefundReference, DecidedAt) = (HeldStatus.Refunded, by, reason, reference, at);

    internal sealed class Mapping : IEntityTypeConfiguration<HeldPayment>
    {
        public void Configure(EntityTypeBuilder<HeldPayment> payment)
        {
            payment.ToTable("held_payments").HasKey(row => new { row.TenantId, row.Id });
            payment.Ignore(row => row.Subject).Ignore(row => row.BookingKey).Ignore(row => row.Booked);
        }
    }
}

internal static class HeldPaymentLocks
{
    /// <summary>The payment, locked until this transaction ends: two people deciding at once take turns.</summary>
    public static Task<HeldPayment?> LockedHeldPayment(this TradeSenseDb db, Guid id, CancellationToken ct) =>
        db.Set<HeldPayment>().FromSql($"select * from held_payments where id = {id} for update").SingleOrDefaultAsync(ct);
}
