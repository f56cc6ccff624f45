using Microsoft.Extensions.DependencyInjection;

namespace TradeSense.Modules.Alerts;

public static class AlertsModule
{
    public static IServiceCollection AddAlerts(this IServiceCollection services, AlertOptions options)
    {
        services.AddSingleton(options).AddSingleton<AlertBook>().AddSingleton<AlertStore>().AddSingleton<AlertTeller>();
        services.AddSingleton<AlertBell>().AddHostedService(provider => provider.GetRequiredService<AlertBell>());
        if (options.Watches) services.AddHostedService<AlertWatch>();
        return services.AddScoped<SetPriceAlert>().AddScoped<RemovePriceAlert>().AddScoped<PriceAlertList>().AddScoped<FirePriceAlert>();
    }
}
