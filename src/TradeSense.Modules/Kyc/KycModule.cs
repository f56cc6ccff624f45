using Microsoft.Extensions.DependencyInjection;

namespace TradeSense.Modules.Kyc;

public static class KycModule
{
    public static IServiceCollection AddKyc(this IServiceCollection services) => services
        .AddScoped<SubmitKyc>().AddScoped<ApproveKyc>().AddScoped<RejectKyc>().AddScoped<ViewKycDocument>()
        .AddScoped<KycStanding>().AddScoped<KycQueue>();
}
