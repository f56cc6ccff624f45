using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Identity;

namespace TradeSense.Web.Hosting;

/// <summary>Pages by audience: each folder gets its authorization policy and its kind of host once, here.</summary>
internal static class PageSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddScoped<TransactionFilter>().AddScoped<PendingSignIn>();
        services.AddRouting(routing => routing.LowercaseUrls = true);
        services.AddRazorPages(pages =>
        {
            pages.Conventions.ConfigureFilter(new ServiceFilterAttribute(typeof(TransactionFilter)));
            pages.Conventions.AuthorizeFolder("/Trader", Policies.Trader);
            pages.Conventions.AuthorizeFolder("/Firm", Policies.Staff);
            pages.Conventions.AuthorizeFolder("/Platform", Policies.Platform);
            OnlyOn(pages.Conventions, "/Site", TenantKind.Brand);
            OnlyOn(pages.Conventions, "/Trader", TenantKind.Brand);
            OnlyOn(pages.Conventions, "/Firm", TenantKind.Brand);
            OnlyOn(pages.Conventions, "/Platform", TenantKind.Platform);
        });
        return services;
    }

    private static void OnlyOn(PageConventionCollection conventions, string folder, TenantKind kind) =>
        conventions.AddFolderApplicationModelConvention(folder, page => page.Filters.Add(new HostKindFilter(kind)));

    /// <summary>A page of the platform does not exist on a brand's host, nor the other way round.</summary>
    private sealed class HostKindFilter(TenantKind kind) : IAsyncAuthorizationFilter
    {
        public Task OnAuthorizationAsync(AuthorizationFilterContext context)
        {
            var tenant = context.HttpContext.RequestServices.GetRequiredService<CurrentTenant>();
            if (tenant.Value.Kind != kind) context.Result = new NotFoundResult();
            return Task.CompletedTask;
        }
    }
}
