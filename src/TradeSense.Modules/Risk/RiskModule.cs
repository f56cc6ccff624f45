using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Risk.Receipts;

namespace TradeSense.Modules.Risk;

public static class RiskModule
{
    /// <param name="completesReceipts">Of all processes those that run jobs attach the quotes to receipts.</param>
    public static IServiceCollection AddRisk(this IServiceCollection services, bool completesReceipts = true) => (completesReceipts ? services.AddHostedService<ReceiptCompletion>() : services)
        .AddSingleton<CompleteReceipts>()
        .AddScoped<UndoVerdict>().AddScoped<TakeDaySnapshots>().AddScoped<ReceiptDetail>().AddScoped<EvidenceExport>().AddTenantJob<TakeDaySnapshotsJob>(new JobSchedule.DayStarts());
}
