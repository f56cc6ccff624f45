using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Risk.Heads;

/// <summary>An ECDSA key pair of a brand: the public half is published, the private half is sealed.</summary>
public sealed class SigningKey : ITenantOwned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>SHA-256 of the public key in hex.</summary>
    public required string Fingerprint { get; init; }

    public required byte[] SealedPrivate { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    public string Pem => PemEncoding.WriteString("PUBLIC KEY", PublicKey);

    internal sealed class Mapping : IEntityTypeConfiguration<SigningKey>
    {
        public void Configure(EntityTypeBuilder<SigningKey> key) => key.ToTable("signing_keys").HasKey(row => new { row.TenantId, row.Id });
    }
}

/// <summary>Signs for the current brand with its newest key; the first is made when it is needed.</summary>
public sealed class BrandSignature(TradeSenseDb db, Vault vault, CurrentTenant tenant, TimeProvider clock)
{
    /// <param name="Hex">ECDSA P-256 with SHA-256, DER, as <c>openssl dgst -sha256 -verify</c> reads it.</param>
    public sealed record Signed(SigningKey Key, string Hex);

    private const string Subject = "signing";

    public async Task<Signed> Sign(string text, CancellationToken ct)
    {
        var key = await Current(ct);
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(await vault.Open(Subject, ContextOf(key.Id), key.SealedPrivate, ct), out _);
        return new Signed(key, Convert.ToHexStringLower(ecdsa.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }

    /// <summary>A new key, which signs from now on. Those before stay, for what they signed.</summary>
    internal async Task<SigningKey> Renew(CancellationToken ct)
    {
        await TakeTurn(ct);
        return await Make(ct);
    }

    /// <summary>Anyone's check of a signature, from the public key alone.</summary>
    public static bool Holds(string publicKeyHex, string text, string signatureHex)
    {
        // One way to write it only: a digit in another case is another text.
        if (publicKeyHex.Any(char.IsAsciiLetterUpper) || signatureHex.Any(char.IsAsciiLetterUpper)) return false;

        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(Convert.FromHexString(publicKeyHex), out _);
            return ecdsa.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromHexString(signatureHex), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception malformed) when (malformed is CryptographicException or FormatException)
        {
            return false;
        }
    }

    private async Task<SigningKey> Current(CancellationToken ct)
    {
        await TakeTurn(ct);
        return await db.Set<SigningKey>().AsNoTracking().OrderByDescending(row => row.CreatedAt).FirstOrDefaultAsync(ct) ?? await Make(ct);
    }

    /// <summary>Two who need a key at once take turns, so that a brand starts with one.</summary>
    private Task<int> TakeTurn(CancellationToken ct) => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"signing-key:" + tenant.Id}, 0))", ct);

    private async Task<SigningKey> Make(CancellationToken ct)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var publicKey = ecdsa.ExportSubjectPublicKeyInfo();
        var key = new SigningKey
        {
            Id = id, PublicKey = publicKey, Fingerprint = Convert.ToHexStringLower(SHA256.HashData(publicKey)), CreatedAt = now,
            SealedPrivate = await vault.Seal(Subject, ContextOf(id), ecdsa.ExportPkcs8PrivateKey(), ct),
        };
        db.Add(key);
        await db.SaveChangesAsync(ct);
        return key;
    }

    private static string ContextOf(Guid id) => $"signing_keys|sealed_private|{id}";
}
