using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payments;

/// <summary>Held: money came that does not fit the order; nothing starts until somebody has looked. Refunded: it went back, and the order is over.</summary>
public enum OrderStatus { AwaitingPayment, Paid, Held, Refunded }

/// <summary>One purchase of one account size of one model version, at the price the version had.</summary>
public sealed class Order : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Number { get; init; }

    /// <summary>Made by the checkout page: sending the form twice is one order.</summary>
    public Guid CheckoutKey { get; init; }

    public Guid UserId { get; init; }
    public Guid ModelVersionId { get; init; }

    /// <summary>The model's name when it was ordered.</summary>
    public required string Title { get; init; }

    public decimal Size { get; init; }
    public decimal Price { get; init; }
    public Currency Currency { get; init; }
    public OrderStatus Status { get; private set; }
    public required string Gateway { get; init; }

    /// <summary>The gateway's payment page in use.</summary>
    public string? SessionId { get; set; }

    /// <summary>What the gateway last said about a payment that did not succeed, or why a payment is held: the code of a refusal.</summary>
    public string? Problem { get; private set; }

    public string? PaymentReference { get; private set; }
    public long? ReceiptNumber { get; private set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>What was paid where the firm let less than the price count; else null.</summary>
    public decimal? PaidAmount { get; private set; }

    public Money Total => new(Price, Currency);
    public Money Paid => new(PaidAmount ?? Price, Currency);
    public string Subject => SubjectOf(Id);

    public static string SubjectOf(Guid id) => $"order:{id}";

    public void Pay(string reference, long receiptNumber, DateTimeOffset at) =>
        (Status, Problem, PaymentReference, ReceiptNumber, PaidAt) = (OrderStatus.Paid, null, reference, receiptNumber, at);

    /// <summary>Another amount than the price, which the firm let count.</summary>
    public void PayReleased(Money paid, string reference, long receiptNumber, DateTimeOffset at)
    {
        Pay(reference, receiptNumber, at);
        PaidAmount = paid.Amount;
    }

    public void Refund() => Status = OrderStatus.Refunded;

    public void Hold(string problem) => (Status, Problem) = (OrderStatus.Held, problem);

    public void PaymentFailed(string problem)
    {
        if (Status is OrderStatus.AwaitingPayment) Problem = problem;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Order>
    {
        public void Configure(EntityTypeBuilder<Order> order)
        {
            order.ToTable("orders").HasKey(row => new { row.TenantId, row.Id });
            order.Ignore(row => row.Total).Ignore(row => row.Paid).Ignore(row => row.Subject);
        }
    }
}
