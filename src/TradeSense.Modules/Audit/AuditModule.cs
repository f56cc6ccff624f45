using Microsoft.Extensions.DependencyInjection;

namespace TradeSense.Modules.Audit;

public static class AuditModule
{
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddScoped<CurrentActor>().AddScoped<AuditTrail>().AddScoped<AuditList>();
}
