using Microsoft.Extensions.DependencyInjection;

namespace TradeSense.Modules.Tenancy;

/// <summary>Brings the installation to what <c>tenants.json</c> says. A file with any problem creates nothing.</summary>
public sealed class LoadTenants(IServiceScopeFactory scopes, TenantStore store)
{
    /// <summary>The problems found; empty when all tenants stand as described.</summary>
    public Task<IReadOnlyList<TenantFileProblem>> Run(string json, CancellationToken ct) => Apply(json, onlyChanged: false, ct);

    /// <summary>As <see cref="Run"/>, for every start: a tenant whose description is the one applied last stays as people have made it since in the consoles.</summary>
    public Task<IReadOnlyList<TenantFileProblem>> RunChanged(string json, CancellationToken ct) => Apply(json, onlyChanged: true, ct);

    private async Task<IReadOnlyList<TenantFileProblem>> Apply(string json, bool onlyChanged, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (tenants, problems) = TenantFile.Parse(json, scope.ServiceProvider.GetServices<ITenantSection>());
        if (problems.Count > 0) return problems;

        await store.Load(ct);
        var create = scope.ServiceProvider.GetRequiredService<CreateTenant>();
        for (var i = 0; i < tenants.Count; i++)
        {
            if (onlyChanged && await store.DescriptionHash(tenants[i].Slug, ct) == tenants[i].Hash) continue;

            var result = await create.Run(tenants[i], ct);
            if (!result.IsRefused) await store.NoteDescription(result.Value.Id, tenants[i].Hash, ct);
            else return [new TenantFileProblem($"tenants[{i}]", 0, $"{result.Refusal.Code} {string.Join(' ', result.Refusal.Arguments)}")];
        }

        return [];
    }
}
