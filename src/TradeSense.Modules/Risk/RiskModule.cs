using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Jobs;

namespace TradeSense.Modules.Risk;

public static class RiskModule
{
    public static IServiceCollection AddRisk(this IServiceCollection services) => services
        .AddScoped<TakeDaySnapshots>().AddScoped<ReceiptDetail>().AddTenantJob<TakeDaySnapshotsJob>(new JobSchedule.DayStarts());
}
