using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Notifications;

namespace TradeSense.Modules.Identity;

/// <summary>Tells everyone of the firm's staff who has a permission.</summary>
public sealed class NotifyStaff(TradeSenseDb db, NotifyUser notify)
{
    public sealed record Request(Permission Permission, string Kind, string Title, string Body, string? Link);

    public async Task Run(Request request, CancellationToken ct)
    {
        var roles = Enum.GetValues<Role>().Where(role => Permissions.Of(role).Contains(request.Permission)).ToList();
        var staff = await db.Set<User>().AsNoTracking().Where(user => roles.Contains(user.Role) && user.Status == UserStatus.Active).ToListAsync(ct);
        foreach (var person in staff) await notify.Run(new(person.Id, person.Email, request.Kind, request.Title, request.Body, request.Link), ct);
    }
}
