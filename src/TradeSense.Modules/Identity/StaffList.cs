using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>Everybody on the firm's staff, those who may sign in first.</summary>
public sealed class StaffList(TradeSenseDb db)
{
    public sealed record Row(Guid Id, string UserName, string Email, Role Role, UserStatus Status, bool HasAccepted, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt)
    {
        public string State => Status is UserStatus.Disabled ? "disabled" : HasAccepted ? "active" : "invited";
    }

    public async Task<IReadOnlyList<Row>> Read(CancellationToken ct)
    {
        var staff = await db.Set<User>().AsNoTracking().Where(user => user.Role != Role.Trader)
            .Select(user => new
            {
                user,
                LastSeen = db.Set<Session>().Where(session => session.UserId == user.Id).Max(session => (DateTimeOffset?)session.LastSeenAt),
            }).ToListAsync(ct);
        return
        [
            .. staff.Select(row => new Row(row.user.Id, row.user.UserName, row.user.Email, row.user.Role, row.user.Status, row.user.EmailConfirmedAt is not null, row.user.CreatedAt, row.LastSeen))
                .OrderBy(row => row.Status).ThenBy(row => row.Role).ThenBy(row => row.UserName, StringComparer.OrdinalIgnoreCase),
        ];
    }
}
