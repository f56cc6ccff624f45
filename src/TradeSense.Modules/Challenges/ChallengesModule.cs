using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Challenges.Contracts;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Challenges.Progress;
using TradeSense.Modules.Challenges.Scaling;
using TradeSense.Modules.Database;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Challenges;

public static class ChallengesModule
{
    public static IServiceCollection AddChallenges(this IServiceCollection services) => services
        .AddScoped<PublishModelVersion>().AddScoped<ChangeModelStatus>().AddScoped<OfferedModels>().AddScoped<ModelList>().AddScoped<ModelDetail>()
        .AddScoped<ITenantSection, ModelsSection>()
        .AddScoped<StartChallenge>().AddScoped<ChallengeProgress>().AddScoped<OpenPhase>().AddScoped<Announcements>().AddScoped<ExpireChallenges>()
        .AddScoped<ScalingProgress>().AddScoped<ScaleChallenges>().AddScoped<IOutboxHandler, OnAccountScaled>()
        .AddScoped<ContractToSign>().AddScoped<SignContract>()
        .AddScoped<ChallengeOverview>().AddScoped<ChallengeDetail>().AddScoped<CertificateDetail>()
        .AddScoped<IOutboxHandler, OnPhasePassed>().AddScoped<IOutboxHandler, OnAccountFailed>()
        .AddScoped<IOutboxHandler, OnAccountReinstated>().AddScoped<IOutboxHandler, OnAccountClosed>().AddScoped<IOutboxHandler, OnKycApproved>()
        .AddTenantJob<ExpireChallengesJob>(new JobSchedule.Cron("0 */5 * * * ?"))
        .AddTenantJob<ScaleChallengesJob>(new JobSchedule.DayStarts());
}
