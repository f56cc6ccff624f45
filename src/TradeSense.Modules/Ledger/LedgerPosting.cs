using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Ledger;

/// <summary>One side of a transfer: debits are positive, credits negative.</summary>
public sealed class LedgerPosting : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid TransferId { get; init; }
    public Guid AccountId { get; init; }
    public decimal Amount { get; init; }
    public Currency Currency { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<LedgerPosting>
    {
        public void Configure(EntityTypeBuilder<LedgerPosting> posting) => posting.ToTable("ledger_postings").HasKey(row => new { row.TenantId, row.Id });
    }
}
