using System.Diagnostics.CodeAnalysis;

namespace TradeSense.Modules.Tenancy;

/// <summary>Host name → tenant, in memory. An unknown host has no tenant: there is no default.</summary>
public sealed class TenantDirectory
{
    private volatile Snapshot _snapshot = new([]);

    public IReadOnlyList<Tenant> All => _snapshot.Tenants;

    public bool TryFind(string? host, [NotNullWhen(true)] out Tenant? tenant) => _snapshot.ByHost.TryGetValue(Normal(host), out tenant);

    public Tenant? Find(Guid id) => _snapshot.ById.GetValueOrDefault(id);

    /// <summary>Puts a fresh reading of the tenants table in place at once. A host named twice throws and the earlier reading stays.</summary>
    public void Replace(IReadOnlyList<Tenant> tenants) => _snapshot = new Snapshot(tenants);

    /// <summary>Lower case, without port and without the trailing dot a resolver allows.</summary>
    private static string Normal(string? host)
    {
        var name = (host ?? "").Trim().ToLowerInvariant();
        if (!name.StartsWith('[') && name.LastIndexOf(':') is >= 0 and var colon) name = name[..colon];
        return name.TrimEnd('.');
    }

    private sealed class Snapshot(IReadOnlyList<Tenant> tenants)
    {
        public IReadOnlyList<Tenant> Tenants { get; } = tenants;
        public Dictionary<Guid, Tenant> ById { get; } = tenants.ToDictionary(tenant => tenant.Id);
        public Dictionary<string, Tenant> ByHost { get; } = tenants
            .SelectMany(tenant => tenant.Hosts.Select(host => (Host: Normal(host), tenant)))
            .ToDictionary(pair => pair.Host, pair => pair.tenant, StringComparer.Ordinal);
    }
}
