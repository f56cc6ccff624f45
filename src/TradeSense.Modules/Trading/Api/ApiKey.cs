using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Api;

/// <summary>A trader's key for programs: 256 random bits that are shown once. Only their hash is kept, so the table opens nothing.</summary>
public sealed class ApiKey : ITenantOwned
{
    public const int LongestName = 60;

    /// <summary>Live keys of one trader.</summary>
    public const int MostLive = 20;

    private const string Prefix = "tsk_";
    private const int SecretBytes = 32;
    private const int SecretLetters = 43;
    private const int HintLetters = 4;

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public required string Name { get; init; }
    public required byte[] KeyHash { get; init; }
    public required string Hint { get; init; }

    /// <summary>Every key reads; this one also trades.</summary>
    public bool MayTrade { get; init; }

    /// <summary>All accounts of the trader, also those that come later; else those listed.</summary>
    public bool AllAccounts { get; init; }

    public Guid[] Accounts { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public string? LastAddress { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }

    public bool IsLive(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>A fresh secret as its owner keeps it: the prefix tells leak scanners what it is.</summary>
    public static string NewSecret() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    public static string HintOf(string secret) => secret[^HintLetters..];

    /// <summary>What the table keeps; null for a text that cannot be a key, which need not be looked up.</summary>
    public static byte[]? HashOf(ReadOnlySpan<char> secret)
    {
        if (secret.Length != Prefix.Length + SecretLetters || !secret.StartsWith(Prefix, StringComparison.Ordinal)) return null;

        Span<byte> letters = stackalloc byte[SecretLetters];
        return Encoding.ASCII.GetBytes(secret[Prefix.Length..], letters) == SecretLetters && secret.IndexOfAnyExceptInRange('!', '~') < 0 ? SHA256.HashData(letters) : null;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ApiKey>
    {
        public void Configure(EntityTypeBuilder<ApiKey> key) => key.ToTable("api_keys").HasKey(row => new { row.TenantId, row.Id });
    }
}
