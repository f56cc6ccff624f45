using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

public static class StaffRefusal
{
    public static Refusal RoleUnknown { get; } = new("staff.role_unknown", "Role");
    public static Refusal EmailTaken { get; } = new("staff.email_taken", "Email");
    public static Refusal Unknown { get; } = new("staff.unknown");
    public static Refusal LastOwner { get; } = new("staff.last_owner");
    public static Refusal Yourself { get; } = new("staff.yourself");
}

/// <summary>The roles a member of staff may have at a host of this kind.</summary>
public static class StaffRoles
{
    public static IReadOnlyList<Role> Of(TenantKind kind) => kind switch
    {
        TenantKind.Brand => [Role.Owner, Role.Support, Role.Risk, Role.Finance],
        TenantKind.Platform => [Role.PlatformStaff],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What the role may do, for the person choosing it.</summary>
    public static string InWords(Role role) => role switch
    {
        Role.Owner => "Everything, staff and theme included",
        Role.Support => "Traders, accounts and KYC; no money",
        Role.Risk => "Sees everything, decides KYC; no payouts",
        Role.Finance => "Sees everything, decides payouts",
        Role.PlatformStaff => "Runs the platform",
        Role.Trader => "Trades",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
