using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Analytics;

/// <summary>Who runs a brand, what was done there last, and whether its trail holds: for the platform's staff, read in the brand's own scope.</summary>
public sealed class TenantPeople(TenantDirectory directory, TenantScope scope)
{
    private const int EntriesShown = 10;

    /// <param name="Check">The newest check of the whole trail; null before the first.</param>
    public sealed record Picture(IReadOnlyList<StaffList.Row> Staff, IReadOnlyList<AuditList.Row> Trail, int Entries, AuditCheck? Check)
    {
        public static Picture Empty { get; } = new([], [], 0, null);
    }

    public async Task<Picture> Read(Guid tenantId, CancellationToken ct) => directory.Find(tenantId) is not { Kind: TenantKind.Brand } brand ? Picture.Empty : await scope.Run(brand, async services =>
    {
        var (trail, entries) = await services.GetRequiredService<AuditList>().Read(null, 1, EntriesShown, ct);
        return new Picture(
            await services.GetRequiredService<StaffList>().Read(ct), trail, entries,
            await services.GetRequiredService<TradeSenseDb>().Set<AuditCheck>().AsNoTracking().SingleOrDefaultAsync(ct));
    }, ct);
}
