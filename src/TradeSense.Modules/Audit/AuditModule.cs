using Microsoft.Extensions.DependencyInjection;

namespace TradeSense.Modules.Audit;

public static class AuditModule
{
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddScoped<CurrentActor>().AddSingleton<AttemptBudget>().AddScoped<AttemptLog>().AddScoped<AuditTrail>().AddScoped<AuditList>();
}
