using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Risk.Receipts;

namespace TradeSense.Modules.Risk;

public static class RiskModule
{
    public static IServiceCollection AddRisk(this IServiceCollection services) => services
        .AddSingleton<CompleteReceipts>().AddHostedService<ReceiptCompletion>()
        .AddScoped<UndoVerdict>().AddScoped<TakeDaySnapshots>().AddScoped<ReceiptDetail>().AddScoped<EvidenceExport>().AddTenantJob<TakeDaySnapshotsJob>(new JobSchedule.DayStarts());
}
