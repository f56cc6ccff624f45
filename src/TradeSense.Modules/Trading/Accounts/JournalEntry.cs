using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Engine.Events;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Accounts;

/// <summary>One fact of an account's life as the engine stated it. Entries form a chain: whoever changes one changes every hash after it.</summary>
public sealed class JournalEntry : ITenantOwned
{
    /// <summary>What the first entry follows on: 32 zero bytes.</summary>
    public static byte[] Root => new byte[SHA256.HashSizeInBytes];

    public Guid TenantId { get; set; }
    public Guid AccountId { get; init; }

    /// <summary>1, 2, 3 … within the account.</summary>
    public long Sequence { get; init; }

    public DateTimeOffset At { get; init; }
    public required string Kind { get; init; }

    /// <summary>The event as JSON text: the bytes hashed are the bytes kept.</summary>
    public required string Body { get; init; }

    public required byte[] Hash { get; init; }

    public EngineEvent Event => EventText.Read(Kind, Body);

    /// <summary>SHA-256(previous ‖ account ‖ sequence ‖ kind ‖ body), the middle three as lines of text.</summary>
    public static byte[] HashOf(ReadOnlySpan<byte> previous, Guid account, long sequence, string kind, string body)
    {
        var text = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{account}\n{sequence}\n{kind}\n{body}");
        var chained = ArrayPool<byte>.Shared.Rent(previous.Length + Encoding.UTF8.GetMaxByteCount(text.Length));
        previous.CopyTo(chained);
        var hash = SHA256.HashData(chained.AsSpan(0, previous.Length + Encoding.UTF8.GetBytes(text, chained.AsSpan(previous.Length))));
        ArrayPool<byte>.Shared.Return(chained);
        return hash;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<JournalEntry>
    {
        public void Configure(EntityTypeBuilder<JournalEntry> entry)
        {
            entry.ToTable("journal_entries").HasKey(row => new { row.TenantId, row.AccountId, row.Sequence });
            entry.Ignore(row => row.Event);
        }
    }
}
