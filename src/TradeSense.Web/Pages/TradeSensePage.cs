using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TradeSense.Modules;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Live;
using TradeSense.Web.Security;

namespace TradeSense.Web.Pages;

/// <summary>The base of every page model: who asks, and how to answer a page visit and an htmx request with the same markup.</summary>
public abstract class TradeSensePage : PageModel
{
    protected Tenant Tenant => HttpContext.RequestServices.GetRequiredService<CurrentTenant>().Value;

    protected bool IsHtmx => Request.IsHtmx();

    /// <summary>The fragment alone. The same partial the full page embeds.</summary>
    protected IActionResult Fragment(string partial, object model, int status = StatusCodes.Status200OK)
    {
        Response.StatusCode = status;
        return Partial(partial, model);
    }

    /// <summary>After success: the fragment for htmx, a redirect (post, redirect, get) for a plain form.</summary>
    protected IActionResult Done(string partial, object model, string page, object? routeValues = null) =>
        IsHtmx ? Fragment(partial, model) : RedirectToPage(page, routeValues);

    /// <summary>Puts the refusal's words beside its field and shows the form again: 422 with the fragment for htmx, else the whole page with the same status.</summary>
    protected IActionResult Refused(Refusal refusal, string partial, object model, string prefix = "Form")
    {
        HttpContext.RequestServices.GetRequiredService<Refusals>().AddTo(ModelState, refusal, Tenant.CultureInfo, prefix);
        return Invalid(partial, model);
    }

    /// <summary>Shows the form again with what ModelState holds.</summary>
    protected IActionResult Invalid(string partial, object model)
    {
        if (IsHtmx) return Fragment(partial, model, StatusCodes.Status422UnprocessableEntity);

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>A short note in the corner: with the next page for a redirect, at once for a fragment that includes <c>_Toast</c>.</summary>
    protected void Toast(string message) => TempData["toast"] = message;

    /// <summary>The answer of a page's stream handler: see <see cref="LiveStream"/>.</summary>
    protected IActionResult Live(Func<Action, IDisposable> subscribe, Func<LiveFrame, CancellationToken, Task> render) => new LiveStream(subscribe, render);
}
