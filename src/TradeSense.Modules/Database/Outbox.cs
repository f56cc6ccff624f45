using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TradeSense.Modules.Database;

/// <summary>Promises kept after the transaction: a message is stored with the change that calls for it and handled at least once; its handler makes that one effect.</summary>
public sealed class Outbox(TradeSenseDb db, TimeProvider clock)
{
    /// <summary>Adds a message to this transaction. The key makes it unique per kind: a second one of the same key fails the transaction.</summary>
    public void Add<T>(string kind, string key, T payload, DateTimeOffset? dueAt = null)
    {
        var now = clock.GetUtcNow();
        db.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(now), Kind = kind, Key = key, Payload = JsonSerializer.Serialize(payload, Json.Options),
            CreatedAt = now, DueAt = dueAt ?? now, TraceId = Activity.Current is { IdFormat: ActivityIdFormat.W3C } running ? running.TraceId.ToHexString() : null,
        });
    }
}

/// <summary>Handles the outbox messages of one kind inside their tenant's transaction. An exception rolls back and the message is tried again, later each time.</summary>
public interface IOutboxHandler
{
    string Kind { get; }

    Task Handle(OutboxMessage message, CancellationToken ct);
}

public sealed class OutboxMessage : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required string Payload { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public string? LastError { get; set; }
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>Of the request or job that added it.</summary>
    public string? TraceId { get; init; }

    public T Read<T>() => JsonSerializer.Deserialize<T>(Payload, Json.Options) ?? throw new InvalidOperationException($"Message {Id} is empty.");

    /// <summary>1 s, 2 s, 4 s … up to an hour between tries, for ever: a promise is not dropped, it becomes visible as overdue.</summary>
    public void Failed(string error, DateTimeOffset now)
    {
        Attempts++;
        LastError = error.Length > 2000 ? error[..2000] : error;
        DueAt = now + TimeSpan.FromSeconds(Math.Min(3600, 1 << Math.Min(Attempts - 1, 12)));
    }

    internal sealed class Mapping : IEntityTypeConfiguration<OutboxMessage>
    {
        public void Configure(EntityTypeBuilder<OutboxMessage> message)
        {
            message.ToTable("outbox_messages").HasKey(row => new { row.TenantId, row.Id });
            message.Property(row => row.Payload).HasColumnType("jsonb");
        }
    }
}
