using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Tenancy;
using TradeSense.Web;

namespace TradeSense.Tests.Web;

/// <summary>The pages' base without the modules behind it: three brands in memory and a few endpoints that misbehave on purpose.</summary>
public sealed class TestSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestSite(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public static async Task<TestSite> Start(Action<WebApplication>? map = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "TradeSense.Web", ContentRootPath = ContentRoot() });
        builder.WebHost.UseTestServer(server => server.BaseAddress = new Uri("https://meridian.test"));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<TenantDirectory>().AddScoped<CurrentTenant>();
        builder.Services.AddWebBase();
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<TenantDirectory>().Replace([Brand("meridian", "midnight", "en-US", Currency.Usd), Brand("lumen", "daylight", "de-DE", Currency.Eur)]);
        app.UseWebBase();
        app.Use(async (context, next) =>
        {
            if (!context.RequestServices.GetRequiredService<TenantDirectory>().TryFind(context.Request.Host.Host, out var tenant))
            {
                await ErrorPages.WriteUnknownHost(context);
                return;
            }
            context.RequestServices.GetRequiredService<CurrentTenant>().Set(tenant);
            await next(context);
        });
        app.MapWebBase();
        app.MapRazorPages();
        map?.Invoke(app);
        await app.StartAsync();
        return new TestSite(app);
    }

    public HttpClient Client(string host = "meridian.test")
    {
        var client = _app.GetTestClient();
        client.BaseAddress = new Uri($"https://{host}");
        return client;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    public static Tenant Brand(string slug, string theme, string culture, Currency currency) => new(
        Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), slug, $"The {slug} firm", TenantKind.Brand, TenantStatus.Active, [$"{slug}.test"], culture, currency,
        TradingDay.Default, theme, new Dictionary<string, string>(), new Dictionary<string, string>(), []);

    public static string ContentRoot() => Path.Combine(Root(), "src", "TradeSense.Web");

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TradeSense.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
