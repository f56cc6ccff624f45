using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Alerts;

/// <summary>A trader removes an alert, waiting or past. The watcher may still hold it: it fires only rows that are there.</summary>
public sealed class RemovePriceAlert(TradeSenseDb db)
{
    public async Task<Result> Run(Guid userId, Guid id, CancellationToken ct) =>
        await db.Set<PriceAlert>().Where(alert => alert.UserId == userId && alert.Id == id).ExecuteDeleteAsync(ct) == 1 ? Result.Ok : AlertRefusal.Unknown;
}
