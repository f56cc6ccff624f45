using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>A person chooses the time zone the product writes times in. Empty: as the browser says.</summary>
public sealed class ChangeProfile(TradeSenseDb db, Sessions sessions, AuditTrail audit)
{
    public async Task<Result> Run(Guid userId, string? timeZone, CancellationToken ct)
    {
        var zone = string.IsNullOrWhiteSpace(timeZone) ? null : timeZone;
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) return IdentityRefusal.TimeZoneUnknown;

        var user = await db.Set<User>().SingleAsync(user => user.Id == userId, ct);
        user.TimeZone = zone;
        sessions.Changed();
        await audit.Record("profile.changed", $"user:{userId}", new { timeZone = zone }, ct);
        return Result.Ok;
    }
}
