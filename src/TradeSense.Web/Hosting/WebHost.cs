using TradeSense.Modules.Alerts;
using TradeSense.Modules.Analytics;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Content;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Kyc;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Payments;
using TradeSense.Modules.Payments.Gateways.Sandbox;
using TradeSense.Modules.Payouts;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Web.Api;
using TradeSense.Web.Api.V2;
using TradeSense.Web.Identity;
using TradeSense.Web.Pages.Trader;
using TradeSense.Web.Security;

namespace TradeSense.Web.Hosting;

/// <summary>The application's table of contents: every module, then the order a request passes through.</summary>
internal static class WebHost
{
    /// <param name="change">Last word on the services, for a command that lives at another time.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? change = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        string? Setting(string name) => builder.Configuration[name];
        var roles = ProcessRoles.Read(Setting);
        builder.AddLogs();
        if (Setting("TRADESENSE_URLS") is { } urls) builder.WebHost.UseUrls(urls);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase(DatabaseOptions.From(Setting), MasterKey.From(Setting("TRADESENSE_MASTER_KEY")), roles.Jobs);
        builder.Services.AddTenancy();
        builder.Services.AddAudit();
        builder.Services.AddNotifications(MailOptions.Read(Setting));
        builder.Services.AddIdentityModule();
        builder.Services.AddKyc();
        builder.Services.AddLedger();
        builder.Services.AddChallenges();
        var trading = builder.Configuration.GetSection(TradingOptions.Section).Get<TradingOptions>() ?? new TradingOptions();
        var quotes = QuotesOptions.Read(Setting);
        builder.Services.AddQuotes(quotes with { Silence = trading.Staleness ?? quotes.Silence });
        builder.Services.AddJobs(roles.Of(builder.Configuration.GetSection(JobsOptions.Section).Get<JobsOptions>() ?? new JobsOptions()), DatabaseOptions.From(Setting));
        builder.Services.AddRisk(roles.Jobs);
        builder.Services.AddTrading(roles.Of(trading, Setting) with { Silences = quotes.Silences });
        builder.Services.AddAlerts(AlertOptions.Read(Setting, roles.Engine));
        builder.Services.AddPayments();
        builder.Services.AddPayouts();
        builder.Services.AddSingleton<OwnAddress>().AddSingleton(provider => new SandboxOptions(provider.GetRequiredService<OwnAddress>().Value));
        builder.Services.AddContent();
        builder.Services.AddAnalytics();

        builder.Services.AddWebBase();
        builder.Services.AddSessionAuthentication();
        builder.Services.AddTradingApi(ApiOptions.Read(Setting));
        builder.Services.AddLiveSessions();
        var limits = builder.Configuration.GetSection(LimitsOptions.Section).Get<LimitsOptions>() ?? new LimitsOptions();
        builder.Services.AddRateLimits(limits);
        builder.Services.AddPages();
        builder.Services.AddTraderPages();
        builder.Services.AddHealth(roles, HealthOptions.Read(Setting));
        builder.Services.AddSingleton(StartOptions.Read(Setting, roles)).AddSingleton<StartState>().AddSingleton<Announcement>().AddHostedService<Start>();

        change?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseProxies();
        app.UseRequestLog();
        if (!roles.Web)
        {
            app.UseHealth();
            return app;
        }

        app.UseWebBase();
        app.UseHealth();
        app.UseTenants();
        app.UseAuthentication();
        app.UseRateLimits(limits);
        app.UseAuthorization();
        app.MapWebBase();
        app.MapWebhooks();
        app.MapMarket();
        app.MapTradingApi();
        app.MapRazorPages().WithStaticAssets();
        return app;
    }
}
