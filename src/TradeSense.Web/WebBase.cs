using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TradeSense.Modules.Notifications;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Forms;
using TradeSense.Web.Kept;
using TradeSense.Web.Live;
using TradeSense.Web.Security;
using TradeSense.Web.TagHelpers;
using TradeSense.Web.Theming;

namespace TradeSense.Web;

/// <summary>What every page stands on: headers, error pages, antiforgery, themes, assets, formats, live streams.</summary>
public static class WebBase
{
    public static IServiceCollection AddWebBase(this IServiceCollection services)
    {
        // Forms are parsed and logs written the same everywhere; people see their brand's formats through the tag helpers.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A whole page: with the default of 64 KB a page waits in the middle for its reader.
            kestrel.Limits.MaxResponseBufferSize = 256 * 1024;
        });
        services.AddRazorPages();
        services.Configure<Microsoft.AspNetCore.Mvc.MvcOptions>(mvc => mvc.ModelBinderProviders.Insert(0, new StrictNumbers()));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = HtmxSettings.AntiforgeryHeader;
            antiforgery.Cookie = Cookies.Builder(Cookies.Antiforgery, SameSiteMode.Strict);
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton<IAntiforgeryAdditionalDataProvider, TenantAntiforgery>();
        services.Configure<Microsoft.AspNetCore.Mvc.CookieTempDataProviderOptions>(options => options.Cookie = Cookies.Builder(Cookies.Note, SameSiteMode.Lax));
        services.AddOptions<LiveOptions>();
        services.AddHttpContextAccessor();
        services.AddSingleton<Refusals>();
        services.AddSingleton(_ => new ThemeStore(ThemeStore.DefaultFolder));
        services.AddSingleton(provider => new MailLooks(tenant => BrandMail.LookOf(
            tenant, provider.GetRequiredService<ThemeStore>(), provider.GetRequiredService<IConfiguration>()["TRADESENSE_URLS"])));
        services.AddSingleton<SiteStylesheet>();
        services.AddSingleton<IconSet>();
        services.AddSingleton<KeptPages>();
        services.AddSingleton<SharedPartials>();
        services.AddScoped<BrandLook>();
        services.AddScoped<TenantFormat>();
        services.AddScoped<PageKeeping>();
        return services;
    }

    /// <summary>First in the pipeline, before the tenant is known: headers go on whatever follows, errors and unknown hosts included.</summary>
    public static WebApplication UseWebBase(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<ThemeStore>(); // A broken theme or a doubled refusal code stops the start, not the first visitor.
        _ = app.Services.GetRequiredService<Refusals>();

        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = ErrorPages.Write });
        app.UseStatusCodePages(context => ErrorPages.Write(context.HttpContext));
        app.UseMiddleware<SameOriginPosts>();
        app.UseLiveStreams();
        return app;
    }

    /// <summary>The endpoints: style sheets, logo, scheme switch, static files, reports.</summary>
    public static WebApplication MapWebBase(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapTheming();
        app.MapCspReports();
        return app;
    }
}
