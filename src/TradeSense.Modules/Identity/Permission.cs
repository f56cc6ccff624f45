namespace TradeSense.Modules.Identity;

/// <summary>What a member of staff may do. Pages and use cases ask for a permission, never for a role.</summary>
public enum Permission { SeeOverview, SeeTraders, SeeMoney, ManageModels, ReviewKyc, DecidePayouts, DecideAppeals, ManageBrand, ManageStaff, SeeAudit, RunPlatform }

public static class Permissions
{
    /// <summary>Support sees people but no money; risk sees all, decides appeals and nothing about money; finance decides payouts; the owner may do everything.</summary>
    public static IReadOnlyList<Permission> Of(Role role) => role switch
    {
        Role.Trader => [],
        Role.Owner =>
        [
            Permission.SeeOverview, Permission.SeeTraders, Permission.SeeMoney, Permission.ManageModels, Permission.ReviewKyc,
            Permission.DecidePayouts, Permission.DecideAppeals, Permission.ManageBrand, Permission.ManageStaff, Permission.SeeAudit,
        ],
        Role.Support => [Permission.SeeOverview, Permission.SeeTraders, Permission.ReviewKyc],
        Role.Risk => [Permission.SeeOverview, Permission.SeeTraders, Permission.SeeMoney, Permission.ReviewKyc, Permission.DecideAppeals, Permission.SeeAudit],
        Role.Finance => [Permission.SeeOverview, Permission.SeeTraders, Permission.SeeMoney, Permission.DecidePayouts, Permission.SeeAudit],
        Role.PlatformStaff => [Permission.RunPlatform, Permission.SeeAudit],
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
