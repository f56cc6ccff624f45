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
            await ErrorPages.WriteUnknownHost(context);
            return;
        }

        if (tenant.Status is TenantStatus.Suspended)
        {
            await ErrorPages.WriteUnavailable(context);
            return;
        }

        context.RequestServices.GetRequiredService<CurrentTenant>().Set(tenant);
        context.Features.Get<IHttpActivityFeature>()?.Activity.SetTag("tenant", tenant.Slug);
        using var brand = Serilog.Context.LogContext.PushProperty("Tenant", tenant.Slug);
        await next(context);
    });
}
