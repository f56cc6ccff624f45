using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Challenges;

/// <summary>Earned by passing a phase. Anyone who has its id can check it on the brand's public page.</summary>
public sealed class Certificate : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid ChallengeId { get; init; }
    public Guid UserId { get; init; }
    public int PhaseIndex { get; init; }

    /// <summary>The name shown to the world: the user name, never the legal name.</summary>
    public required string Holder { get; init; }

    public required string ModelName { get; init; }
    public required string PhaseName { get; init; }
    public required string ModelHash { get; init; }
    public decimal Size { get; init; }
    public decimal FinalBalance { get; init; }
    public int TradingDays { get; init; }
    public DateTimeOffset EarnedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Certificate>
    {
        public void Configure(EntityTypeBuilder<Certificate> certificate) => certificate.ToTable("certificates").HasKey(row => new { row.TenantId, row.Id });
    }
}
