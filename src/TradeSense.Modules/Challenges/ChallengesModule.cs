using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Challenges;

public static class ChallengesModule
{
    public static IServiceCollection AddChallenges(this IServiceCollection services) => services
        .AddScoped<PublishModelVersion>().AddScoped<ChangeModelStatus>().AddScoped<OfferedModels>().AddScoped<ModelList>().AddScoped<ModelDetail>()
        .AddScoped<ITenantSection, ModelsSection>();
}
