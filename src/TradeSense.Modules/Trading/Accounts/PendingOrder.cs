using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>An order that waits for its price, as the engine last committed it.</summary>
public sealed class PendingOrder : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid AccountId { get; init; }
    public int Number { get; init; }

    /// <summary>The number of its command's first order: the legs of an OCO or a scaled order share it.</summary>
    public int GroupNumber { get; init; }

    public OrderBond Bond { get; init; }
    public required string OrderId { get; init; }
    public required string Symbol { get; init; }
    public Side Side { get; init; }
    public decimal Lots { get; init; }
    public OrderKind Kind { get; init; }
    public decimal Price { get; init; }
    public decimal? LimitPrice { get; init; }
    public bool IsTriggered { get; init; }
    public decimal? StopLoss { get; init; }
    public decimal? TakeProfit { get; init; }
    public ExpiryKind Expiry { get; init; }
    public DateTimeOffset? Until { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset PlacedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PendingOrder>
    {
        public void Configure(EntityTypeBuilder<PendingOrder> order) => order.ToTable("pending_orders").HasKey(row => new { row.TenantId, row.AccountId, row.Number });
    }
}
