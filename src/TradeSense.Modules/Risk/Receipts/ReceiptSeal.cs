using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>The brand's signature under a bundle's digest; its id is the receipt's.</summary>
public sealed class ReceiptSeal : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string Digest { get; init; }
    public Guid KeyId { get; init; }
    public required string Fingerprint { get; init; }
    public required string Signature { get; init; }
    public DateTimeOffset SealedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReceiptSeal>
    {
        public void Configure(EntityTypeBuilder<ReceiptSeal> seal) => seal.ToTable("receipt_seals").HasKey(row => new { row.TenantId, row.Id });
    }
}
