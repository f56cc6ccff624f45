using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace TradeSense.Modules.Tenancy;

/// <summary>Creates a tenant from its description, or brings an existing one (same slug) to it: the row and hosts first, then each module's section.</summary>
public sealed class CreateTenant(TenantStore store, TenantDirectory directory, TenantScope scope, TimeProvider clock)
{
    public async Task<Result<Tenant>> Run(TenantDescription description, CancellationToken ct)
    {
        var existing = directory.All.SingleOrDefault(tenant => tenant.Slug == description.Slug);
        var tenant = new Tenant(
            existing?.Id ?? Guid.CreateVersion7(clock.GetUtcNow()), description.Slug, description.Name, description.Kind, existing?.Status ?? TenantStatus.Active,
            description.Hosts, description.Culture, description.Currency, description.TradingDay, description.Theme, description.ThemeOverrides,
            description.Texts, description.ProhibitedCountries);

        var saved = await store.Save(tenant, ct);
        if (saved.IsRefused) return saved.Refusal;

        await scope.Run(tenant, async services =>
        {
            foreach (var section in services.GetServices<ITenantSection>())
                if (description.Sections.TryGetValue(section.Name, out JsonElement element))
                    await section.Apply(element, ct);
        }, ct);
        return tenant;
    }
}
