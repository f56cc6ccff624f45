using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>The incidents that touched one account, for its trader and the firm's staff. Nobody else's are told.</summary>
public sealed class AccountIncidents(TradeSenseDb db)
{
    public sealed record Row(Incident Incident, IncidentAccount Touched);

    public async Task<IReadOnlyList<Row>> Of(Guid accountId, CancellationToken ct)
    {
        var rows = await (
            from touched in db.Set<IncidentAccount>().AsNoTracking()
            where touched.AccountId == accountId
            join incident in db.Set<Incident>() on touched.IncidentId equals incident.Id
            orderby incident.StartedAt descending
            select new { incident, touched }).ToListAsync(ct);
        return [.. rows.Select(row => new Row(row.incident, row.touched))];
    }
}
