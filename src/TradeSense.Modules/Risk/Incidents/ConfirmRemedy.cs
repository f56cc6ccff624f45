using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>A second person agrees: the engine does it.</summary>
public sealed class ConfirmRemedy(TradeSenseDb db, Outbox outbox, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result> Run(Guid touchId, Guid by, CancellationToken ct)
    {
        if (await db.LockedTouch(touchId, ct) is not { } touched) return IncidentRefusal.Unknown;

        var confirmed = touched.Confirm(by, clock.GetUtcNow());
        if (confirmed.IsRefused) return confirmed;

        await db.SaveChangesAsync(ct);
        outbox.Add(CarryOutRemedy.MessageKind, touched.CommandId, touched.Id);
        await audit.Record("incident.remedy_confirmed", touched.Subject, new { touched.Remedy, touched.Amount, touched.ProposedBy, DecidedBy = by }, ct);
        return Result.Ok;
    }
}
