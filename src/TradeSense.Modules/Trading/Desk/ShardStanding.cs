using TradeSense.Modules.Trading.Desk.Owners;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Every shard of the installation for the health page: its lease, and the load of those that run in this process.</summary>
public sealed class ShardStanding(ShardOwners owners, TradingDesk desk)
{
    /// <param name="Here">Null when another process serves it, or none.</param>
    public sealed record Row(ShardOwner Lease, ShardHealth? Here)
    {
        /// <summary>Machine and process id; the rest of the mark tells people nothing.</summary>
        public string Owner => string.Join(':', Lease.Owner.Split(':').Take(2));
    }

    public async Task<IReadOnlyList<Row>> Read(CancellationToken ct)
    {
        var here = desk.Health.Where(health => health.IsServing).ToDictionary(health => health.Shard);
        return [.. (await owners.Read(ct)).Select(lease => new Row(lease, here.GetValueOrDefault(lease.Shard)))];
    }
}
