using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

using TradeSense.Modules.Tenancy;
using TradeSense.Web.Security;
using TradeSense.Web.TagHelpers;

namespace TradeSense.Web.Live;

/// <summary>Renders a partial to text inside a request: what a page embeds is what its stream sends. Looks beside the page first, as pages do.</summary>
public sealed class PartialRenderer(ActionContext action, IRazorViewEngine engine, ITempDataProvider tempData, HtmlHelperOptions htmlOptions)
{
    private readonly Dictionary<string, IView> _views = [];

    public static PartialRenderer Of(ActionContext action)
    {
        var services = action.HttpContext.RequestServices;
        return new PartialRenderer(action, services.GetRequiredService<IRazorViewEngine>(), services.GetRequiredService<ITempDataProvider>(), new HtmlHelperOptions());
    }

    /// <summary>The markup of an equal model that another stream of the same brand, formats and time zone was sent last, else rendered now.</summary>
    public async Task<string> RenderOnce(string partial, Guid about, object model)
    {
        var (services, tenant) = (action.HttpContext.RequestServices, action.HttpContext.RequestServices.GetRequiredService<CurrentTenant>());
        var shared = services.GetRequiredService<SharedPartials>();
        var key = new SharedPartials.Key(tenant.Id, tenant.Value.Culture, services.GetRequiredService<TenantFormat>().Zone.Id, partial, about);
        if (shared.Find(key, model) is { } known) return known;

        var html = await Render(partial, model);
        if (html.Contains(CspNonce.Of(action.HttpContext), StringComparison.Ordinal)) throw new InvalidOperationException($"{partial} holds what belongs to one response only: it cannot be shared.");

        shared.Keep(key, model, html);
        return html;
    }

    public async Task<string> Render(string partial, object? model, bool withLayout = false)
    {
        await using var writer = new StringWriter();
        var viewData = new ViewDataDictionary(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model };
        var view = Find(partial, withLayout);
        await view.RenderAsync(new ViewContext(action, view, viewData, new TempDataDictionary(action.HttpContext, tempData), writer, htmlOptions));
        return writer.ToString();
    }

    private IView Find(string name, bool isMain)
    {
        if (_views.TryGetValue(name, out var known)) return known;

        var found = name.StartsWith('/') ? engine.GetView(null, name, isMain) : engine.FindView(action, name, isMain);
        if (!found.Success) throw new InvalidOperationException($"There is no partial {name}: looked at {string.Join(", ", found.SearchedLocations)}.");

        return _views[name] = found.View;
    }
}
