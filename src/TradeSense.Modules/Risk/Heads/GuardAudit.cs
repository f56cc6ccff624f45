using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TradeSense.Modules.Database;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Risk.Heads;

/// <summary>Checks the tenant's whole audit trail and, where it holds and has moved, signs where it stands. A trail that does not hold is never signed.</summary>
public sealed class GuardAudit(TradeSenseDb db, VerifyAudit verify, BrandSignature signature, CurrentTenant tenant, TimeProvider clock, ILogger<GuardAudit> log)
{
    public async Task<VerifyAudit.Outcome> Run(CancellationToken ct)
    {
        // Of two at once the second sees what the first has signed.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"audit-head:" + tenant.Id}, 0))", ct);
        var outcome = await verify.Run(ct);
        await Note(outcome, ct);
        if (outcome.Holds) await Sign(outcome, ct);
        else log.LogCritical("The audit trail of {Brand} does not hold: {Trouble}", tenant.Value.Slug, outcome.Trouble);
        return outcome;
    }

    private async Task Sign(VerifyAudit.Outcome outcome, CancellationToken ct)
    {
        var last = await db.Set<AuditHead>().AsNoTracking().OrderByDescending(head => head.Sequence).FirstOrDefaultAsync(ct);
        if (outcome.Entries == (last?.Sequence ?? 0)) return;

        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var previous = last?.Hash ?? AuditHead.First;
        var signed = await signature.Sign(AuditHead.TextOf(tenant.Id, outcome.Entries, outcome.Head, previous, now), ct);
        db.Add(new AuditHead
        {
            Sequence = outcome.Entries, Hash = outcome.Head, Previous = previous, SignedAt = now, KeyId = signed.Key.Id, Fingerprint = signed.Key.Fingerprint, Signature = signed.Hex,
        });
        await db.SaveChangesAsync(ct);
        // Logs are shipped off the machine: there the head is out of reach of whoever owns the database.
        log.LogInformation("Audit head of {Brand}: {Entries} entries ending with {Hash}, signed {Signature}", tenant.Value.Slug, outcome.Entries, outcome.Head, signed.Hex);
    }

    private async Task Note(VerifyAudit.Outcome outcome, CancellationToken ct)
    {
        var check = await db.Set<AuditCheck>().AsTracking().SingleOrDefaultAsync(ct);
        if (check is null) db.Add(check = new AuditCheck());
        (check.CheckedAt, check.Entries, check.Trouble) = (clock.GetUtcNow(), outcome.Entries, outcome.Trouble);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Every hour, and when a process starts: what was done while none ran is found then.</summary>
internal sealed class GuardAuditJob(GuardAudit guard) : ITenantJob
{
    public Task Run(CancellationToken ct) => guard.Run(ct);
}
