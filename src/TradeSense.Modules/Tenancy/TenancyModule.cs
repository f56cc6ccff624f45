using Microsoft.Extensions.DependencyInjection;

namespace TradeSense.Modules.Tenancy;

public static class TenancyModule
{
    public static IServiceCollection AddTenancy(this IServiceCollection services) => services
        .AddSingleton<TenantDirectory>().AddSingleton<TenantStore>().AddSingleton<TenantScope>()
        .AddScoped<CurrentTenant>()
        .AddScoped<CreateTenant>().AddScoped<ExportTenant>().AddScoped<ChangeTenant>().AddScoped<SuspendTenant>().AddScoped<TenantTrail>().AddSingleton<LoadTenants>()
        .AddHostedService<TenantWatch>();
}
