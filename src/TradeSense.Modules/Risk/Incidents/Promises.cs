using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>What the firm promises for each kind of incident. A change holds for incidents recorded from then on.</summary>
public sealed class Promises(TradeSenseDb db, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Missing prices cost time, wrong ones cost accounts.</summary>
    public static Remedy Default(IncidentKind kind) => kind is IncidentKind.Outage ? Remedy.PauseClocks : Remedy.Reinstate;

    public static IReadOnlyList<Remedy> Choices { get; } = [Remedy.None, Remedy.PauseClocks, Remedy.Reinstate, Remedy.Credit];

    public async Task<IReadOnlyDictionary<IncidentKind, Remedy>> Read(CancellationToken ct)
    {
        var own = await db.Set<IncidentRemedy>().AsNoTracking().ToDictionaryAsync(row => row.Kind, row => row.Remedy, ct);
        return Enum.GetValues<IncidentKind>().ToDictionary(kind => kind, kind => own.TryGetValue(kind, out var remedy) ? remedy : Default(kind));
    }

    public async Task Change(IReadOnlyDictionary<IncidentKind, Remedy> promised, CancellationToken ct)
    {
        var rows = await db.Set<IncidentRemedy>().AsTracking().ToDictionaryAsync(row => row.Kind, ct);
        foreach (var (kind, remedy) in promised)
        {
            if (!rows.TryGetValue(kind, out var row)) db.Add(row = new IncidentRemedy { Kind = kind });
            (row.Remedy, row.ChangedAt) = (remedy, clock.GetUtcNow());
        }

        await audit.Record("incident_promises.changed", "incident_promises", promised.ToDictionary(one => one.Key.ToString(), one => one.Value.ToString()), ct);
    }
}
