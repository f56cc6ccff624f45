using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Database;

/// <summary>The key outside the database (32 bytes, TRADESENSE_MASTER_KEY) from which each tenant's key is derived.</summary>
public sealed class MasterKey(byte[] key)
{
    /// <summary>Which master key this is. Data keys say under which they are wrapped, so that a second one can take over row by row.</summary>
    public const short Version = 1;

    public static MasterKey From(string? base64)
    {
        var key = new byte[32];
        return base64 is not null && Convert.TryFromBase64String(base64, key, out var length) && length == 32
            ? new MasterKey(key)
            : throw new InvalidOperationException("TRADESENSE_MASTER_KEY must be 32 bytes in base64. Make one with: head -c 32 /dev/urandom | base64");
    }

    /// <summary>A key for one use, derived by HKDF-SHA256: the same use gives the same key, no use tells another's.</summary>
    public byte[] Derive(string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes(use));
}

/// <summary>
/// Seals personal and secret bytes: AES-256-GCM under a data key per subject (a person, a provider), itself sealed under the tenant's key.
/// Destroying the subject's data key makes everything sealed for it unreadable, in backups too.
/// </summary>
public sealed class Vault(TradeSenseDb db, CurrentTenant tenant, MasterKey master, TimeProvider clock)
{
    /// <summary>Nonce ‖ tag ‖ ciphertext. The context (table, column, row) is authenticated: a sealed value moved to another row does not open.</summary>
    public async Task<byte[]> Seal(string subject, string context, byte[] plain, CancellationToken ct) =>
        Aead.Seal(await KeyOf(subject, ct), plain, Bound(context));

    /// <summary>The bytes, or <see cref="CryptographicException"/> when they were changed, moved, or their key destroyed.</summary>
    public async Task<byte[]> Open(string subject, string context, byte[] sealedBytes, CancellationToken ct) =>
        Aead.Open(await KeyOf(subject, ct), sealedBytes, Bound(context));

    private byte[] Bound(string context) => Encoding.UTF8.GetBytes($"{tenant.Id}|{context}");

    private async Task<byte[]> KeyOf(string subject, CancellationToken ct)
    {
        var wrapping = master.Derive($"tenant:{tenant.Id}");
        var stored = await db.Set<DataKey>().AsNoTracking().SingleOrDefaultAsync(key => key.Subject == subject, ct);
        if (stored is { KeyVersion: not MasterKey.Version }) throw new CryptographicException($"The data key of this subject is wrapped under master key {stored.KeyVersion}, which this program does not have.");
        if (stored is not null) return Aead.Open(wrapping, stored.Wrapped, Bound(subject));

        var fresh = RandomNumberGenerator.GetBytes(32);
        var now = clock.GetUtcNow();
        db.Add(new DataKey { Id = Guid.CreateVersion7(now), Subject = subject, Wrapped = Aead.Seal(wrapping, fresh, Bound(subject)), KeyVersion = MasterKey.Version, CreatedAt = now });
        await db.SaveChangesAsync(ct);
        return fresh;
    }
}

/// <summary>AES-256-GCM with a fresh random nonce in front.</summary>
internal static class Aead
{
    private const int NonceSize = 12, TagSize = 16;

    public static byte[] Seal(byte[] key, byte[] plain, byte[] associated)
    {
        var result = new byte[NonceSize + TagSize + plain.Length];
        var nonce = result.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, result.AsSpan(NonceSize + TagSize), result.AsSpan(NonceSize, TagSize), associated);
        return result;
    }

    public static byte[] Open(byte[] key, byte[] sealedBytes, byte[] associated)
    {
        if (sealedBytes.Length < NonceSize + TagSize) throw new CryptographicException("Too short to be sealed bytes.");

        var plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(sealedBytes.AsSpan(0, NonceSize), sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize), plain, associated);
        return plain;
    }
}

public sealed class DataKey : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string Subject { get; init; }
    public required byte[] Wrapped { get; init; }
    public short KeyVersion { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<DataKey>
    {
        public void Configure(EntityTypeBuilder<DataKey> key) => key.ToTable("data_keys").HasKey(row => new { row.TenantId, row.Id });
    }
}
