using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>Six digits sent by e-mail: good once, for fifteen minutes, for five tries. Only the newest code of a purpose counts.</summary>
public sealed class EmailCode : ITenantOwned
{
    public const string ConfirmEmail = "confirm_email";
    public const string ResetPassword = "reset_password";
    public const int Tries = 5;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid UserId { get; init; }
    public required string Purpose { get; init; }
    public required byte[] CodeHash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; private set; }
    public int Attempts { get; private set; }

    /// <param name="lifetime">Longer than <see cref="Lifetime"/> for an invitation, which waits in a mailbox.</param>
    public static (EmailCode Row, string Code) Create(Guid userId, string purpose, DateTimeOffset now, TimeSpan? lifetime = null)
    {
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture);
        var id = Guid.CreateVersion7(now);
        return (new EmailCode { Id = id, UserId = userId, Purpose = purpose, CodeHash = Hash(id, code), CreatedAt = now, ExpiresAt = now + (lifetime ?? Lifetime) }, code);
    }

    /// <summary>Spends a try; right, unexpired and unused, it is used up.</summary>
    public Result Use(string code, DateTimeOffset now)
    {
        if (UsedAt is not null) return IdentityRefusal.CodeUsed;
        if (now >= ExpiresAt || Attempts >= Tries) return IdentityRefusal.CodeExpired;

        Attempts++;
        if (!CryptographicOperations.FixedTimeEquals(CodeHash, Hash(Id, code.Trim().Replace(" ", "", StringComparison.Ordinal)))) return IdentityRefusal.CodeWrong;

        UsedAt = now;
        return Result.Ok;
    }

    private static byte[] Hash(Guid id, string code) => SHA256.HashData(Encoding.UTF8.GetBytes($"{id}:{code}"));

    internal sealed class Mapping : IEntityTypeConfiguration<EmailCode>
    {
        public void Configure(EntityTypeBuilder<EmailCode> code) => code.ToTable("email_codes").HasKey(row => new { row.TenantId, row.Id });
    }
}
