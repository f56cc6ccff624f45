using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

/// <summary>The staff of this tenant, locked against each other's changes: two owners who remove one another at once must not both succeed.</summary>
internal static class StaffSet
{
    public static async Task<IReadOnlyList<User>> Locked(TradeSenseDb db, CurrentTenant tenant, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"staff:" + tenant.Id}, 0))", ct);
        return await db.Set<User>().Where(user => user.Role != Role.Trader).ToListAsync(ct);
    }

    /// <summary>True when nobody but this person could still run the firm. An invitation that was not taken up does not count.</summary>
    public static bool IsLastOwner(this IReadOnlyList<User> staff, User user) =>
        user.Role is Role.Owner or Role.PlatformStaff
        && !staff.Any(other => other.Id != user.Id && other.Role == user.Role && other.Status is UserStatus.Active && other.EmailConfirmedAt is not null);
}
