using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Identity;

public static class IdentityModule
{
    public static IServiceCollection AddIdentityModule(this IServiceCollection services) => services
        .AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>()
        .AddSingleton<KeptSessions>().AddScoped<Sessions>().AddScoped<RegisterTrader>().AddScoped<SendEmailCode>().AddScoped<ResendCode>().AddScoped<ConfirmEmail>().AddScoped<SignIn>().AddScoped<ResetPassword>().AddScoped<ChangePassword>().AddScoped<SessionList>().AddScoped<ChangeProfile>()
        .AddScoped<InviteStaff>().AddScoped<ChangeRole>().AddScoped<DisableUser>().AddScoped<StaffList>().AddScoped<OpenBrand>().AddScoped<NotifyStaff>()
        .AddScoped<ProveAgain>().AddScoped<DemandProof>().AddScoped<FreshProof>()
        .AddScoped<ITenantSection, PeopleSection>();
}
