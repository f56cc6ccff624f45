using System.Globalization;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Commands;

/// <summary><c>tradesense verify --audit TENANT</c>: recomputes a tenant's audit trail from its first entry and holds it against every head that was signed.</summary>
internal static class VerifyAuditCommand
{
    public static async Task<int> Run(IServiceProvider services, string slug, TextWriter output, TextWriter error)
    {
        await services.GetRequiredService<TenantStore>().Load(CancellationToken.None);
        if (services.GetRequiredService<TenantDirectory>().All.FirstOrDefault(tenant => tenant.Slug == slug) is not { } tenant)
        {
            await error.WriteLineAsync($"There is no tenant {slug}.");
            return 2;
        }

        var outcome = await services.GetRequiredService<TenantScope>().Run(tenant, scoped => scoped.GetRequiredService<VerifyAudit>().Run(CancellationToken.None), CancellationToken.None);
        if (!outcome.Holds)
        {
            await error.WriteLineAsync($"The audit trail of {slug} does not hold: {outcome.Trouble}.");
            return 1;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The audit trail of {slug} holds: {outcome.Entries} entries, the last with hash {outcome.Head}."));
        await output.WriteLineAsync(outcome.SignedAt is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"{outcome.Heads} signed {(outcome.Heads == 1 ? "head" : "heads")}, the newest of {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC.")
            : "No head was signed yet: an end that was cut off before would not show.");
        return 0;
    }
}
