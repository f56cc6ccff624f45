using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Heads;

/// <summary>What a brand signed at a day's start: where the journals stood that had moved since the head before.</summary>
public sealed class JournalHead : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>The trading day that began.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Hash of the whole text of the head before: see <see cref="HeadChain"/>.</summary>
    public required string Previous { get; init; }

    /// <summary>Root of the tree over the day's leaves; see <see cref="MerkleTree"/>.</summary>
    public required string Root { get; init; }

    public int Leaves { get; init; }
    public DateTimeOffset SignedAt { get; init; }
    public Guid KeyId { get; init; }
    public required string Fingerprint { get; init; }
    public required string Signature { get; init; }

    public string Text => TextOf(TenantId, Day, Previous, Root, Leaves, SignedAt);

    /// <summary>What is signed, line by line.</summary>
    public static string TextOf(Guid tenant, DateOnly day, string previous, string root, int leaves, DateTimeOffset signedAt) => string.Create(
        CultureInfo.InvariantCulture, $"tradesense-head-1\nbrand {tenant}\nday {day:yyyy-MM-dd}\nprevious {previous}\nroot {root}\naccounts {leaves}\nsigned {signedAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\n");

    internal sealed class Mapping : IEntityTypeConfiguration<JournalHead>
    {
        public void Configure(EntityTypeBuilder<JournalHead> head)
        {
            head.ToTable("journal_heads").HasKey(row => new { row.TenantId, row.Day });
            head.Ignore(row => row.Text);
        }
    }
}

/// <summary>One account's journal under a head: after so many entries it ended with this hash.</summary>
public sealed class JournalHeadLeaf : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid AccountId { get; init; }
    public long Sequence { get; init; }
    public DateOnly Day { get; init; }
    public int Position { get; init; }

    /// <summary>The journal's own hash, in hex.</summary>
    public required string Hash { get; init; }

    public string Leaf => MerkleTree.Leaf(AccountId, Sequence, Hash);

    internal sealed class Mapping : IEntityTypeConfiguration<JournalHeadLeaf>
    {
        public void Configure(EntityTypeBuilder<JournalHeadLeaf> leaf)
        {
            leaf.ToTable("journal_head_leaves").HasKey(row => new { row.TenantId, row.AccountId, row.Sequence });
            leaf.Ignore(row => row.Leaf);
        }
    }
}
