using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Audit;

/// <summary>
/// Writes down what was tried and refused. It does so in a transaction of its own, after the one at hand has ended either way: a refusal whose own
/// transaction is rolled back stands in the trail, and nobody waits with two connections in hand.
/// </summary>
public sealed class AttemptLog(TenantScope scope, TenantTransaction transaction, CurrentTenant tenant, CurrentActor actor, AttemptBudget budget)
{
    public async Task Add(string action, string subject, object? details)
    {
        if (budget.Take(tenant.Id, actor.Id?.ToString() ?? actor.Address ?? actor.Name) is not { } unwritten) return;

        var told = JsonSerializer.SerializeToNode(details ?? new { }, Json.Options)!.AsObject();
        if (unwritten > 0) told["notWritten"] = unwritten;
        var (brand, id, name, address) = (tenant.Value, actor.Id, actor.Name, actor.Address);
        await transaction.AtEnd(() => Write(brand, (id, name, address), action, subject, told));
    }

    private Task Write(Tenant brand, (Guid? Id, string Name, string? Address) who, string action, string subject, JsonObject told) => scope.Run(brand, async services =>
    {
        services.GetRequiredService<CurrentActor>().Set(who.Id, who.Name, who.Address);
        await services.GetRequiredService<AuditTrail>().Record(action, subject, told, CancellationToken.None);
    }, CancellationToken.None);
}
