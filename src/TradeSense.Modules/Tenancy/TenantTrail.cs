using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Audit;

namespace TradeSense.Modules.Tenancy;

/// <summary>What platform staff do to a brand stands in two trails: the platform's, and the brand's own, where its owner can read it.</summary>
public sealed class TenantTrail(TenantScope scope, AuditTrail audit, CurrentActor actor)
{
    public async Task Record(Tenant brand, string action, object? details, CancellationToken ct)
    {
        await audit.Record(action, $"tenant:{brand.Slug}", details, ct);
        await scope.Run(brand, async services =>
        {
            services.GetRequiredService<CurrentActor>().Set(actor.Id, $"{actor.Name} (platform)", actor.Address);
            await services.GetRequiredService<AuditTrail>().Record(action, $"tenant:{brand.Slug}", details, ct);
        }, ct);
    }
}
