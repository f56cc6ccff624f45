using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>What a firm promised to do about an incident of one kind, before anything happened.</summary>
/// <remarks><see cref="Resume"/> is what reinstating is for an account that was only paused; nobody promises it apart.</remarks>
public enum Remedy { None, PauseClocks, Reinstate, Resume, Credit }

/// <summary>One firm's record of an incident: the market's, or one its own staff declared.</summary>
public sealed class Incident : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid? MarketIncident { get; init; }
    public IncidentKind Kind { get; init; }
    public required string[] Symbols { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public required string Reason { get; init; }

    /// <summary>The promise as it stood when the incident was recorded.</summary>
    public Remedy Remedy { get; init; }

    public required string DeclaredBy { get; init; }
    public DateTimeOffset DeclaredAt { get; init; }

    /// <summary>When the accounts it touched were looked for; null until it is over, and again when it turned out longer.</summary>
    public DateTimeOffset? AssessedAt { get; set; }

    public string Subject => $"incident:{Id}";

    internal sealed class Mapping : IEntityTypeConfiguration<Incident>
    {
        public void Configure(EntityTypeBuilder<Incident> incident)
        {
            incident.ToTable("incidents").HasKey(row => new { row.TenantId, row.Id });
            incident.Ignore(row => row.Subject);
        }
    }
}

/// <summary>The promise for one kind of incident. A kind without a row has <see cref="Promises.Default"/>.</summary>
public sealed class IncidentRemedy : ITenantOwned
{
    public Guid TenantId { get; set; }
    public IncidentKind Kind { get; init; }
    public Remedy Remedy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<IncidentRemedy>
    {
        public void Configure(EntityTypeBuilder<IncidentRemedy> remedy) => remedy.ToTable("incident_remedies").HasKey(row => new { row.TenantId, row.Kind });
    }
}
