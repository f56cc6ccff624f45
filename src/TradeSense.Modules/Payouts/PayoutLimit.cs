using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payouts;

/// <summary>The share above which a brand has two people approve a payout. A brand without one lets each person decide alone.</summary>
public sealed class PayoutLimit : ITenantOwned
{
    public const decimal Most = 1_000_000_000m;

    public Guid TenantId { get; set; }
    public decimal Amount { get; set; }
    public Currency Currency { get; set; }

    /// <summary>A share in another currency than the limit's cannot be compared with it: then two people look.</summary>
    public bool IsPassedBy(Money share) => share.Currency != Currency || share.Amount > Amount;

    internal sealed class Mapping : IEntityTypeConfiguration<PayoutLimit>
    {
        public void Configure(EntityTypeBuilder<PayoutLimit> limit) => limit.ToTable("payout_limits").HasKey(row => row.TenantId);
    }
}
