using Microsoft.AspNetCore.Http.Features;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Hosting;

/// <summary>Host name → tenant for the request. An unknown host, or a suspended brand's, gets a page without any brand.</summary>
internal static class TenantMiddleware
{
    public static void UseTenants(this WebApplication app) => app.Use(async (context, next) =>
    {
        var directory = context.RequestServices.GetRequiredService<TenantDirectory>();
        if (!directory.TryFind(context.Request.Host.Host, out var tenant))
        {
            await Plain(context, StatusCodes.Status404NotFound, "Not found", "There is no site at this address. Check the address you typed.");
            return;
        }

        if (tenant.Status is TenantStatus.Suspended)
        {
            await Plain(context, StatusCodes.Status503ServiceUnavailable, "Not available", "This site is not available at the moment.");
            return;
        }

        context.RequestServices.GetRequiredService<CurrentTenant>().Set(tenant);
        context.Features.Get<IHttpActivityFeature>()?.Activity.SetTag("tenant", tenant.Slug);
        System.Globalization.CultureInfo.CurrentCulture = tenant.CultureInfo;
        using var brand = Serilog.Context.LogContext.PushProperty("Tenant", tenant.Slug);
        await next(context);
    });

    private static async Task Plain(HttpContext context, int status, string title, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync($"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
            <body><main><h1>{title}</h1><p>{sentence}</p></main></body></html>
            """, context.RequestAborted);
    }
}
