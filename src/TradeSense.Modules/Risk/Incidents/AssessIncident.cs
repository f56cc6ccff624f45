using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>
/// Finds the accounts an incident that is over touched, makes the verdicts that rest only on it provisional, and does at once what the promise does without
/// anybody's decision: pausing clocks. Running it again adds what is new and changes nothing else.
/// </summary>
public sealed class AssessIncident(TradeSenseDb db, TouchedAccounts touched, NotifyUser notify, NotifyStaff notifyStaff, AuditTrail audit, TimeProvider clock)
{
    public async Task Run(Incident incident, CancellationToken ct)
    {
        var known = await db.Set<IncidentAccount>().AsTracking().Where(row => row.IncidentId == incident.Id).ToDictionaryAsync(row => row.AccountId, ct);
        var fresh = (await touched.Of(incident, ct)).Where(found => !known.TryGetValue(found.AccountId, out var row) || row.MayBecome(found.Touch)).ToList();
        foreach (var account in fresh) await Note(incident, account, known.GetValueOrDefault(account.AccountId), ct);
        incident.AssessedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(ct);

        var reviews = fresh.Count(account => account.NeedsReview);
        await audit.Record("incident.assessed", incident.Subject, new { incident.Kind, incident.Symbols, incident.StartedAt, incident.EndedAt, Touched = fresh.Count, UnderReview = reviews }, ct);
        if (reviews > 0)
            await notifyStaff.Run(new(Permission.DecideAppeals, "incident.review", "An incident waits for your decision", $"{reviews} account(s) touched by it need a decision: {incident.Reason}", $"/firm/incidents/{incident.Id}"), ct);
    }

    private async Task Note(Incident incident, TouchedAccounts.Touched account, IncidentAccount? known, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var isPaused = incident.Remedy is Remedy.PauseClocks && account.Touch is not Touch.Verdict && account.HasClocks;
        var row = known ?? new IncidentAccount { Id = Guid.CreateVersion7(now), IncidentId = incident.Id, AccountId = account.AccountId, UserId = account.UserId };
        row.Find(account, isPaused, now);
        if (known is null) db.Add(row);
        await db.SaveChangesAsync(ct);
        if (isPaused) await db.PauseClocks(account.AccountId, incident.Id, incident.StartedAt, incident.EndedAt!.Value, ct);
        if (account.Touch is not Touch.Verdict) return;

        var user = await db.Set<User>().AsNoTracking().SingleAsync(row => row.Id == account.UserId, ct);
        await notify.Run(
            new(user.Id, user.Email, "verdict.provisional", "The verdict on your account is provisional", "It rests on prices of an incident. A person looks at it; you are told what was decided.", $"/trader/accounts/{account.AccountId}"), ct);
    }
}

internal static class ClockPauses
{
    /// <summary>Time that counts against nobody; once for each account and incident.</summary>
    public static Task<int> PauseClocks(this TradeSenseDb db, Guid account, Guid incident, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        insert into clock_pauses (tenant_id, account_id, incident_id, started_at, ended_at) values (app_tenant(), {account}, {incident}, {from}, {to}) on conflict do nothing
        """, ct);
}
