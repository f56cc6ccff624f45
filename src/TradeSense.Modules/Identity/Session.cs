using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>A signed-in browser. The cookie holds a random 256-bit token; only its hash is kept, so the table opens no session.</summary>
public sealed class Session : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required byte[] TokenHash { get; init; }
    public Guid UserId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset LastSeenAt { get; init; }
    public DateTimeOffset SignedInAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When the password was last shown again within it.</summary>
    public DateTimeOffset? ProvedAt { get; init; }
    public string? Address { get; init; }
    public string? Device { get; init; }

    /// <summary>Unused for this long a session ends; shorter for staff.</summary>
    public static TimeSpan IdleLimit(Role role) => role is Role.Trader ? TimeSpan.FromMinutes(30) : TimeSpan.FromMinutes(15);

    /// <summary>However busy, a session ends after this long.</summary>
    public static TimeSpan AbsoluteLimit(Role role) => role is Role.Trader ? TimeSpan.FromHours(12) : TimeSpan.FromHours(8);

    internal sealed class Mapping : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> session) => session.ToTable("sessions").HasKey(row => new { row.TenantId, row.Id });
    }
}
