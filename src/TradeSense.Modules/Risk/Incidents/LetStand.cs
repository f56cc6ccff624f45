using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>One person finds that nothing changes: the verdict stands, no credit is due. The trader is told why.</summary>
public sealed class LetStand(TradeSenseDb db, NotifyUser notify, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result> Run(Guid touchId, string? reason, Guid by, CancellationToken ct)
    {
        if (await db.LockedTouch(touchId, ct) is not { } touched) return IncidentRefusal.Unknown;

        var words = DecisionWords.Of(reason);
        if (words.IsRefused) return words.Refusal;

        var stands = touched.LetStand(by, words.Value, clock.GetUtcNow());
        if (stands.IsRefused) return stands;

        await db.SaveChangesAsync(ct);
        var user = await db.Set<User>().AsNoTracking().SingleAsync(row => row.Id == touched.UserId, ct);
        var title = touched.Touch is Touch.Verdict ? "The verdict on your account stands" : "An incident was looked at: nothing changes for your account";
        await notify.Run(new(user.Id, user.Email, "incident.decided", title, words.Value, $"/trader/accounts/{touched.AccountId}"), ct);
        await audit.Record("incident.let_stand", touched.Subject, new { Words = words.Value }, ct);
        return Result.Ok;
    }
}
