using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Audit;

/// <summary>Who acts in this scope: a signed-in person, or the named part of the system.</summary>
public sealed class CurrentActor
{
    public Guid? Id { get; private set; }
    public string Name { get; private set; } = "system";
    public string? Address { get; private set; }

    public void Set(Guid? id, string name, string? address) => (Id, Name, Address) = (id, name, address);
}

/// <summary>The tenant's record of what people did: append-only, hash-chained. <c>h = SHA-256(previous ‖ canonical row)</c>.</summary>
public sealed class AuditTrail(TradeSenseDb db, CurrentTenant tenant, CurrentActor actor, AttemptLog attempts, TimeProvider clock)
{
    /// <summary>From here on this person acts: who they are was shown within this request, by a password or a code.</summary>
    public void Identify(Guid id, string name) => actor.Set(id, name, actor.Address);

    /// <summary>Notes what was tried and refused, or asked for by somebody unknown: in a transaction of its own, so that it stands when this one is rolled back, and not without end.</summary>
    public Task Attempted(string action, string subject, object? details) => attempts.Add(action, subject, details);

    /// <summary>Adds one entry to this transaction. Action is <c>noun.verb</c> in the past tense (payout.approved), subject what it was done to (payout:{id}).</summary>
    public async Task Record(string action, string subject, object? details, CancellationToken ct)
    {
        // The chain has one tail, so writers of one tenant take turns until they commit.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"audit:" + tenant.Id}, 0))", ct);
        var last = await db.Set<AuditEntry>().AsNoTracking().OrderByDescending(entry => entry.Sequence)
            .Select(entry => new { entry.Sequence, entry.Hash }).FirstOrDefaultAsync(ct);

        var now = clock.GetUtcNow();
        // PostgreSQL keeps microseconds; the hash must be of what is read back.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var entry = new AuditEntry
        {
            TenantId = tenant.Id, Id = Guid.CreateVersion7(now), Sequence = (last?.Sequence ?? 0) + 1, At = now, ActorId = actor.Id, Actor = actor.Name,
            Address = actor.Address, Action = action, Subject = subject,
            Details = JsonSerializer.Serialize(details ?? new { }, Json.Options), PreviousHash = last?.Hash ?? new string('0', 64), Hash = "",
        };
        entry.Hash = entry.ComputeHash();
        db.Add(entry);
        await db.SaveChangesAsync(ct);
    }
}

public sealed class AuditEntry : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Sequence { get; init; }
    public DateTimeOffset At { get; init; }
    public Guid? ActorId { get; init; }
    public required string Actor { get; init; }
    public string? Address { get; init; }
    public required string Action { get; init; }
    public required string Subject { get; init; }

    /// <summary>JSON, as text, so that the bytes hashed are the bytes kept.</summary>
    public required string Details { get; init; }

    public required string PreviousHash { get; init; }
    public required string Hash { get; set; }

    /// <summary>SHA-256 in hex over the previous hash and every field, each on its line.</summary>
    public string ComputeHash()
    {
        var row = string.Join('\n', PreviousHash, TenantId, Id, Sequence, At.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture), ActorId, Actor, Address, Action, Subject, Details);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row)));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> entry) => entry.ToTable("audit_entries").HasKey(row => new { row.TenantId, row.Id });
    }
}
