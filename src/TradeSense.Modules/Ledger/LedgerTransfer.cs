using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Ledger;

public enum LedgerTransferKind { Sale, UnmatchedReceipt, HeldRelease, PayoutReserve, PayoutPaid, Reversal }

/// <summary>One movement of money, made of postings that sum to zero in each currency. Never changed; a mistake is met by a reversal.</summary>
public sealed class LedgerTransfer : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 of what was asked for: the same key may only ever mean the same content.</summary>
    public required string Fingerprint { get; init; }

    public LedgerTransferKind Kind { get; init; }

    /// <summary>What it is about: <c>order:{id}</c>, <c>payout:{id}</c>.</summary>
    public required string Subject { get; init; }

    public required string Description { get; init; }
    public Guid? ReversesId { get; init; }
    public int PostingCount { get; init; }
    public DateTimeOffset At { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<LedgerTransfer>
    {
        public void Configure(EntityTypeBuilder<LedgerTransfer> transfer) => transfer.ToTable("ledger_transfers").HasKey(row => new { row.TenantId, row.Id });
    }
}
