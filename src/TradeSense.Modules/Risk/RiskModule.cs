using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Risk.Receipts;

namespace TradeSense.Modules.Risk;

public static class RiskModule
{
    /// <param name="completesReceipts">Of all processes those that run jobs attach the quotes to receipts.</param>
    public static IServiceCollection AddRisk(this IServiceCollection services, bool completesReceipts = true) => (completesReceipts ? services.AddHostedService<ReceiptCompletion>() : services)
        .AddSingleton<StandingRounds>().AddScoped<AccountStanding>().AddSingleton<GuardIncidents>().AddSingleton<FeedNotices>().AddHostedService<WatchFeed>()
        .AddScoped<Promises>().AddScoped<TouchedAccounts>().AddScoped<SoundPrices>().AddScoped<SoundFloors>().AddScoped<ProvisionalVerdicts>().AddScoped<AssessIncident>().AddScoped<DeclareIncident>().AddScoped<DeclareMarketIncident>()
        .AddScoped<ProposeRemedy>().AddScoped<ConfirmRemedy>().AddScoped<LetStand>().AddScoped<IOutboxHandler, CarryOutRemedy>()
        .AddScoped<IncidentList>().AddScoped<AccountIncidents>().AddScoped<MarketIncidentList>().AddScoped<FollowIncidents>().AddTenantJob<FollowIncidentsJob>(new JobSchedule.Cron("20 * * * * ?"))
        .AddSingleton<CompleteReceipts>().AddScoped<SealReceipts>()
        .AddScoped<BrandSignature>().AddScoped<RotateSigningKey>().AddScoped<SignDailyHead>().AddScoped<HeadList>().AddTenantJob<SignDailyHeadJob>(new JobSchedule.DayStarts())
        .AddScoped<VerifyAudit>().AddScoped<GuardAudit>().AddTenantJob<GuardAuditJob>(new JobSchedule.Cron("0 12 * * * ?", AtOnce: true), platformToo: true)
        .AddScoped<ChangeAppealPromise>().AddScoped<FileAppeal>().AddScoped<TellAppellant>().AddScoped<UpholdVerdict>().AddScoped<ProposeOverturn>().AddScoped<ConfirmOverturn>().AddScoped<BalanceToGoOn>().AddScoped<ReinstateAgain>()
        .AddScoped<AppealQueue>().AddScoped<AppealOfReceipt>().AddScoped<IOutboxHandler, ReinstateAppellant>()
        .AddScoped<WarnOfAppealClocks>().AddTenantJob<WarnOfAppealClocksJob>(new JobSchedule.Cron("0 */5 * * * ?"))
        .AddScoped<VerdictProof>().AddScoped<UndoVerdict>().AddScoped<TakeDaySnapshots>().AddScoped<ReceiptDetail>().AddScoped<EvidenceExport>().AddTenantJob<TakeDaySnapshotsJob>(new JobSchedule.DayStarts());
}
