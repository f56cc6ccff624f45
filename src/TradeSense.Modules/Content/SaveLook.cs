using TradeSense.Modules.Audit;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Content;

/// <summary>The firm's look from now on: a theme and what the firm changed in it. Whether it can be read was judged where themes are known, in the web project.</summary>
public sealed class SaveLook(TenantStore store, TenantDirectory directory, CurrentTenant tenant, AuditTrail audit)
{
    public sealed record Request(string Theme, IReadOnlyDictionary<string, string> Overrides);

    public async Task<Result> Run(Request request, CancellationToken ct)
    {
        // The directory's newest reading, so that what somebody else changed a moment ago is kept.
        var now = directory.Find(tenant.Id) ?? tenant.Value;
        var saved = await store.Save(now with { Theme = request.Theme, ThemeOverrides = request.Overrides }, ct);
        if (saved.IsRefused) return saved;

        await audit.Record("look.saved", $"tenant:{tenant.Id}", new { From = now.Theme, request.Theme, request.Overrides }, ct);
        return Result.Ok;
    }
}
