using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

/// <summary>Another role for a member of staff, effective on their next request. A trader never becomes staff this way, nor staff a trader.</summary>
public sealed class ChangeRole(TradeSenseDb db, CurrentTenant tenant, Sessions sessions, AuditTrail audit)
{
    public sealed record Request(Guid UserId, Role Role, Guid ByUserId);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        if (!StaffRoles.Of(tenant.Value.Kind).Contains(request.Role)) return StaffRefusal.RoleUnknown;

        var staff = await StaffSet.Locked(db, tenant, ct);
        if (staff.SingleOrDefault(user => user.Id == request.UserId) is not { } person) return StaffRefusal.Unknown;
        if (person.Role == request.Role) return Result.Ok;
        if (staff.IsLastOwner(person)) return StaffRefusal.LastOwner;
        if (person.Id == request.ByUserId) return StaffRefusal.Yourself;

        var before = person.Role;
        person.Role = request.Role;
        sessions.Changed();
        await audit.Record("staff.role_changed", $"user:{person.Id}", new { person.Email, From = before, To = request.Role }, ct);
        return Result.Ok;
    }
}
