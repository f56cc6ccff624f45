using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>The market's incidents for the platform's staff, those that last first.</summary>
public sealed class MarketIncidentList(TradeSenseDb db)
{
    public async Task<(IReadOnlyList<MarketIncident> Rows, int Total)> Read(int page, int size, CancellationToken ct)
    {
        var all = db.Set<MarketIncident>().AsNoTracking();
        return (await all.OrderByDescending(row => row.EndedAt == null).ThenByDescending(row => row.StartedAt).Skip((page - 1) * size).Take(size).ToListAsync(ct), await all.CountAsync(ct));
    }
}
