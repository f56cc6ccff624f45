using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Analytics.OtherPlans;
using TradeSense.Modules.Analytics.Transparency;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Analytics;

public static class AnalyticsModule
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services) => services
        .AddScoped<FloorWatch>().AddScoped<FirmOverview>().AddScoped<FirmFunnel>().AddScoped<AccountList>().AddScoped<TraderList>().AddScoped<JournalTimeline>().AddScoped<MoneyMovements>()
        .AddScoped<TenantTable>().AddScoped<TenantPeople>().AddScoped<PlatformHealth>().AddScoped<StoreHealthFacts>().AddScoped<FeedHealthFacts>()
        .AddScoped<BrandRecord>()
        .AddScoped<RequestOtherPlan>().AddScoped<OtherPlanList>().AddSingleton<OtherPlanRunner>().AddHostedService(services => services.GetRequiredService<OtherPlanRunner>()).AddScoped<IOutboxHandler, OnOtherPlanAsked>();
}
