using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TradeSense.Modules.Risk.Incidents;

public enum IncidentKind
{
    /// <summary>No prices though the market was open: nothing filled.</summary>
    Outage,

    /// <summary>A step that nothing confirmed was held back.</summary>
    Spike,

    /// <summary>People found that prices which had been accepted were wrong.</summary>
    WrongPrices,
}

/// <summary>A time in which the market's prices were missing or wrong, the same for every firm. The guard's own have <see cref="Guard"/> as their declarer.</summary>
public sealed class MarketIncident
{
    public const string Guard = "guard";

    public Guid Id { get; init; }
    public IncidentKind Kind { get; init; }
    public required string[] Symbols { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public required string Reason { get; init; }
    public required string DeclaredBy { get; init; }
    public DateTimeOffset DeclaredAt { get; init; }
    public DateTimeOffset LastSeenAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<MarketIncident>
    {
        public void Configure(EntityTypeBuilder<MarketIncident> incident) => incident.ToTable("market_incidents").HasKey(row => row.Id);
    }
}
