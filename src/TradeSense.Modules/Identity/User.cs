using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

public enum Role { Trader, Owner, Support, Risk, Finance, PlatformStaff }
public enum UserStatus { Active, Disabled }

/// <summary>A person of one tenant: a trader or a member of its staff. The same e-mail at two brands is two people here.</summary>
public sealed class User : ITenantOwned
{
    /// <summary>Failed sign-ins in a row after which the account waits.</summary>
    public const int TriesBeforeLock = 5;

    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string UserName { get; init; }
    public required string NormalizedUserName { get; init; }
    public required string Email { get; init; }
    public required string NormalizedEmail { get; init; }
    public DateTimeOffset? EmailConfirmedAt { get; private set; }
    public string PasswordHash { get; set; } = "";
    public required string Country { get; init; }
    public string? TimeZone { get; set; }
    public Role Role { get; set; }
    public UserStatus Status { get; set; }
    public int FailedSignIns { get; private set; }
    public DateTimeOffset? LockedUntil { get; private set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>An active person without a password yet; names are kept as typed (trimmed) and compared in their normal form.</summary>
    public static User Create(Guid id, string userName, string email, string country, Role role, DateTimeOffset now) => new()
    {
        Id = id, UserName = userName.Trim(), NormalizedUserName = Normalize(userName), Email = email.Trim(), NormalizedEmail = Normalize(email),
        Country = country, Role = role, Status = UserStatus.Active, CreatedAt = now,
    };

    public bool IsStaff => Role is not Role.Trader;

    public void ConfirmEmail(DateTimeOffset now) => EmailConfirmedAt ??= now;

    public bool IsLocked(DateTimeOffset now) => LockedUntil > now;

    public void SignInFailed(DateTimeOffset now)
    {
        FailedSignIns++;
        if (FailedSignIns < TriesBeforeLock) return;

        LockedUntil = now + LockTime;
        FailedSignIns = 0;
    }

    public void SignInSucceeded() => (FailedSignIns, LockedUntil) = (0, null);

    public static string Normalize(string name) => name.Trim().ToUpperInvariant();

    internal sealed class Mapping : IEntityTypeConfiguration<User>
    {
        public void Configure(EntityTypeBuilder<User> user)
        {
            user.ToTable("users").HasKey(row => new { row.TenantId, row.Id });
            user.Ignore(row => row.IsStaff);
        }
    }
}
