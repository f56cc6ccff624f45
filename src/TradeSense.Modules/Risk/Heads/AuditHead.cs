using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Heads;

/// <summary>How long a tenant's audit trail was at an instant and how it ended, signed. The key is sealed outside the database, so its owner signs no other.</summary>
public sealed class AuditHead : ITenantOwned
{
    public static readonly string First = new('0', 64);

    public Guid TenantId { get; set; }

    /// <summary>The trail's last entry, and so how many there were.</summary>
    public long Sequence { get; init; }

    public required string Hash { get; init; }

    /// <summary>The hash under the head before.</summary>
    public required string Previous { get; init; }

    public DateTimeOffset SignedAt { get; init; }
    public Guid KeyId { get; init; }
    public required string Fingerprint { get; init; }
    public required string Signature { get; init; }

    public string Text => TextOf(TenantId, Sequence, Hash, Previous, SignedAt);

    /// <summary>What is signed, line by line.</summary>
    public static string TextOf(Guid tenant, long sequence, string hash, string previous, DateTimeOffset signedAt) => string.Create(
        CultureInfo.InvariantCulture, $"tradesense-audit-head-1\nbrand {tenant}\nentries {sequence}\nhash {hash}\nprevious {previous}\nsigned {signedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\n");

    internal sealed class Mapping : IEntityTypeConfiguration<AuditHead>
    {
        public void Configure(EntityTypeBuilder<AuditHead> head)
        {
            head.ToTable("audit_heads").HasKey(row => new { row.TenantId, row.Sequence });
            head.Ignore(row => row.Text);
        }
    }
}

/// <summary>The newest check of a tenant's audit trail.</summary>
public sealed class AuditCheck : ITenantOwned
{
    public Guid TenantId { get; set; }
    public DateTimeOffset CheckedAt { get; set; }
    public long Entries { get; set; }

    /// <summary>What is wrong and where; null when the trail holds.</summary>
    public string? Trouble { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditCheck>
    {
        public void Configure(EntityTypeBuilder<AuditCheck> check) => check.ToTable("audit_checks").HasKey(row => row.TenantId);
    }
}
