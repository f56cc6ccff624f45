using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Tenancy;

/// <summary>Work for one tenant outside a request (jobs, engine callbacks, commands, tests): a fresh scope, its tenant, one transaction.</summary>
public sealed class TenantScope(IServiceScopeFactory scopes, ILogger<TenantScope> log)
{
    /// <summary>Runs the work and commits; an exception rolls back and travels on.</summary>
    public async Task<T> Run<T>(Tenant tenant, Func<IServiceProvider, Task<T>> work, CancellationToken ct)
    {
        using var traced = TracedWork.Begin(log, tenant, "tenant work");
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant);
        await using var transaction = scope.ServiceProvider.GetRequiredService<TenantTransaction>();
        await transaction.Begin(ct);
        var result = await work(scope.ServiceProvider);
        await transaction.Commit(ct);
        return result;
    }

    public Task Run(Tenant tenant, Func<IServiceProvider, Task> work, CancellationToken ct) =>
        Run(tenant, async services =>
        {
            await work(services);
            return true;
        }, ct);
}
