using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

/// <summary>Shuts a member of staff out at once, all sessions included, or lets them in again. Their work stays in the audit trail.</summary>
public sealed class DisableUser(TradeSenseDb db, CurrentTenant tenant, Sessions sessions, AuditTrail audit)
{
    public sealed record Request(Guid UserId, Guid ByUserId);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        var staff = await StaffSet.Locked(db, tenant, ct);
        if (staff.SingleOrDefault(user => user.Id == request.UserId) is not { } person) return StaffRefusal.Unknown;
        if (person.Status is UserStatus.Disabled) return Result.Ok;
        if (staff.IsLastOwner(person)) return StaffRefusal.LastOwner;
        if (person.Id == request.ByUserId) return StaffRefusal.Yourself;

        person.Status = UserStatus.Disabled;
        await sessions.EndAll(person.Id, ct);
        await audit.Record("staff.disabled", $"user:{person.Id}", new { person.Email, person.Role }, ct);
        return Result.Ok;
    }

    public async Task<Result> Undo(Request request, CancellationToken ct)
    {
        var staff = await StaffSet.Locked(db, tenant, ct);
        if (staff.SingleOrDefault(user => user.Id == request.UserId) is not { } person) return StaffRefusal.Unknown;
        if (person.Status is UserStatus.Active) return Result.Ok;

        person.Status = UserStatus.Active;
        await audit.Record("staff.enabled", $"user:{person.Id}", new { person.Email, person.Role }, ct);
        return Result.Ok;
    }
}
