using Microsoft.Extensions.DependencyInjection;

namespace TradeSense.Modules.Analytics;

public static class AnalyticsModule
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services) => services
        .AddScoped<FloorWatch>().AddScoped<FirmOverview>().AddScoped<FirmFunnel>().AddScoped<AccountList>().AddScoped<TraderList>().AddScoped<JournalTimeline>().AddScoped<MoneyMovements>()
        .AddScoped<TenantTable>().AddScoped<PlatformHealth>();
}
