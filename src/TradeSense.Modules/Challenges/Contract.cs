using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges;

/// <summary>What a trader signed before the funded account was opened: the text itself, its hash, who, when and from where.</summary>
public sealed class Contract : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid ChallengeId { get; init; }
    public Guid UserId { get; init; }
    public required string Text { get; init; }

    /// <summary>SHA-256 in hex over the UTF-8 text.</summary>
    public required string TextHash { get; init; }

    public required string ModelHash { get; init; }
    public required string SignedName { get; init; }
    public DateTimeOffset SignedAt { get; init; }
    public string? Address { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Contract>
    {
        public void Configure(EntityTypeBuilder<Contract> contract) => contract.ToTable("contracts").HasKey(row => new { row.TenantId, row.Id });
    }
}
