using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

using TradeSense.Modules.Tenancy;
using TradeSense.Web.Kept;
using TradeSense.Web.Security;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Live;

/// <summary>Renders a partial to text: what a page embeds is what its stream sends. Looks beside the page first, as pages do.</summary>
/// <param name="apart">
/// Null renders inside the request. A stream outlives its request's services, and what rendering borrows is given back only with its scope: it renders each partial in a scope of its own.
/// </param>
public sealed class PartialRenderer(ActionContext action, IServiceScopeFactory? apart = null)
{
    private static readonly EmptyModelMetadataProvider Metadata = new();
    private static readonly HtmlHelperOptions Options = new();

    private IServiceProvider Services => action.HttpContext.RequestServices;

    /// <summary>The markup of an equal model that another response of the same brand, formats and time zone was given last, else rendered now.</summary>
    public async Task<LivePart> RenderOnce(string partial, Guid about, object model)
    {
        var (shared, tenant) = (Services.GetRequiredService<SharedPartials>(), Services.GetRequiredService<CurrentTenant>());
        var key = new SharedPartials.Key(tenant.Id, tenant.Value.Culture, Services.GetRequiredService<TenantFormat>().Zone.Id, partial, about);
        if (shared.Find(key, model) is { } known) return known;

        var html = await Render(partial, model);
        OneResponse.MustNotBeIn(html, partial, action.HttpContext);
        return shared.Keep(key, model, new LivePart(html));
    }

    public async Task<string> Render(string partial, object? model, bool withLayout = false)
    {
        if (apart is null) return await RenderHere(partial, model, withLayout);

        var (http, services) = (action.HttpContext, Services);
        await using var scope = apart.CreateAsyncScope();
        if (services.GetRequiredService<CurrentTenant>() is { IsSet: true } tenant) scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant.Value);
        http.RequestServices = scope.ServiceProvider;
        try
        {
            return await RenderHere(partial, model, withLayout);
        }
        finally
        {
            http.RequestServices = services;
            // The address helper of a view is kept beside the request, and with it the view, its model and all it wrote.
            CspNonce.KeepAlone(http);
        }
    }

    private async Task<string> RenderHere(string partial, object? model, bool withLayout)
    {
        await using var writer = new StringWriter();
        var viewData = new ViewDataDictionary(Metadata, new ModelStateDictionary()) { Model = model };
        var tempData = new TempDataDictionary(action.HttpContext, Services.GetRequiredService<ITempDataProvider>());
        var view = Find(partial, withLayout);
        await view.RenderAsync(new ViewContext(action, view, viewData, tempData, writer, Options));
        return writer.ToString();
    }

    private IView Find(string name, bool isMain)
    {
        var engine = Services.GetRequiredService<IRazorViewEngine>();
        var found = name.StartsWith('/') ? engine.GetView(null, name, isMain) : engine.FindView(action, name, isMain);
        return found.Success ? found.View : throw new InvalidOperationException($"There is no partial {name}: looked at {string.Join(", ", found.SearchedLocations)}.");
    }
}
