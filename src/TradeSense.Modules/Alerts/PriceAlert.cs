using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Alerts;

/// <summary>Above and below a price, or a change in percent of the bid that stood when it was asked, up or down.</summary>
public enum AlertKind { Above, Below, Change }

public enum AlertStatus { Waiting, Fired }

/// <summary>A trader wants to be told when a symbol's bid reaches a price. It is told once; one that has expired stays in the list and is not told any more.</summary>
public sealed class PriceAlert : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public required string Symbol { get; set; }
    public AlertKind Kind { get; private set; }

    /// <summary>The price, or the percent.</summary>
    public decimal Wanted { get; private set; }

    /// <summary>The bid when it was asked.</summary>
    public decimal Reference { get; private set; }

    public decimal? RisesTo { get; private set; }
    public decimal? FallsTo { get; private set; }
    public string Note { get; set; } = "";
    public bool ByMail { get; set; }
    public AlertStatus Status { get; private set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ChangedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? FiredAt { get; private set; }
    public decimal? FiredPrice { get; private set; }

    /// <summary>What it waits for, from this bid on. 2 % of 1.10000 is told at 1.12200 and at 1.07800.</summary>
    public void WaitFor(AlertKind kind, decimal wanted, decimal bid)
    {
        (Kind, Wanted, Reference) = (kind, wanted, bid);
        RisesTo = kind switch { AlertKind.Above => wanted, AlertKind.Change => bid * (1m + (wanted / 100m)), _ => null };
        FallsTo = kind switch { AlertKind.Below => wanted, AlertKind.Change => bid * (1m - (wanted / 100m)), _ => null };
    }

    internal sealed class Mapping : IEntityTypeConfiguration<PriceAlert>
    {
        public void Configure(EntityTypeBuilder<PriceAlert> alert)
        {
            alert.ToTable("price_alerts").HasKey(row => new { row.TenantId, row.Id });
            alert.Property(row => row.Kind).HasConversion<string>();
            alert.Property(row => row.Status).HasConversion<string>();
        }
    }
}
