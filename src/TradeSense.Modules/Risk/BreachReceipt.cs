using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Events;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk;

/// <summary>Stored with every verdict in the same commit: the rule, its floor and how it came about, and every position with its mark.</summary>
public sealed class BreachReceipt : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public Guid ChallengeId { get; init; }
    public Guid UserId { get; init; }
    public LossRule Rule { get; init; }
    public BreachEffect Effect { get; init; }
    public decimal Floor { get; init; }
    public decimal Equity { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>SHA-256 of the account's frozen terms.</summary>
    public required string TermsHash { get; init; }

    /// <summary>The verdict's entry in the account's journal.</summary>
    public long JournalSequence { get; init; }

    /// <summary>JSON of <see cref="BreachEvidence"/>, byte for byte as in the journal.</summary>
    public required string Evidence { get; init; }

    /// <summary>The build of the engine that judged.</summary>
    public required string BuildVersion { get; init; }

    /// <summary>Every quote of the symbols held from a minute before to a minute after, packed; null until that minute is over.</summary>
    public byte[]? Quotes { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public BreachEvidence ReadEvidence() => JsonSerializer.Deserialize<BreachEvidence>(Evidence, Json.Options)!;

    internal sealed class Mapping : IEntityTypeConfiguration<BreachReceipt>
    {
        public void Configure(EntityTypeBuilder<BreachReceipt> receipt) => receipt.ToTable("breaches").HasKey(row => new { row.TenantId, row.Id });
    }
}
