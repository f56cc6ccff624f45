using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Ledger;

/// <summary>Gap-free numbers of a firm's documents, from 1001. A number taken in a transaction that fails is given to the next one.</summary>
public sealed class DocumentNumbers(TradeSenseDb db, CurrentTenant tenant, TimeProvider clock)
{
    public const string Orders = "orders", Receipts = "receipts", Payouts = "payouts";

    public async Task<long> Next(string series, CancellationToken ct)
    {
        var taken = await db.Database.SqlQuery<long>($"""
            insert into document_numbers (tenant_id, id, series, last_number) values ({tenant.Id}, {Guid.CreateVersion7(clock.GetUtcNow())}, {series}, 1001)
            on conflict (tenant_id, series) do update set last_number = document_numbers.last_number + 1
            returning last_number as "Value"
            """).ToListAsync(ct);
        return taken.Single();
    }
}

public sealed class DocumentNumber : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string Series { get; init; }
    public long LastNumber { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DocumentNumber>
    {
        public void Configure(EntityTypeBuilder<DocumentNumber> number) => number.ToTable("document_numbers").HasKey(row => new { row.TenantId, row.Id });
    }
}
