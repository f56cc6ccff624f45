using Microsoft.AspNetCore.Antiforgery;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Security;

namespace TradeSense.Web.Theming;

/// <summary>The style sheets, the logo, and the switch between dark and light.</summary>
public static class ThemeEndpoints
{
    public static void MapTheming(this IEndpointRouteBuilder app)
    {
        app.MapGet("/site.css", SiteCss).AllowAnonymous();
        app.MapGet("/theme.css", ThemeCss).AllowAnonymous();
        app.MapGet("/brand/logo.svg", Logo).AllowAnonymous();
        app.MapPost("/scheme", Switch).AllowAnonymous();
    }

    private static async Task SiteCss(HttpContext context, SiteStylesheet site, CancellationToken ct)
    {
        var sheet = site.Current();
        var packed = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (context.Request.Query["v"] == sheet.Hash) Immutable.Mark(context);
        context.Response.ContentType = "text/css; charset=utf-8";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (packed) context.Response.Headers.ContentEncoding = "br";
        await context.Response.Body.WriteAsync(packed ? sheet.Brotli : sheet.Plain, ct);
    }

    private static IResult ThemeCss(HttpContext context, CurrentTenant tenant, BrandLook look) => Branded(context, tenant, look, "text/css", theme => theme.Css);

    private static IResult Logo(HttpContext context, CurrentTenant tenant, BrandLook look) => Branded(context, tenant, look, "image/svg+xml", theme => theme.Logo);

    private static IResult Branded(HttpContext context, CurrentTenant tenant, BrandLook look, string type, Func<BrandTheme, string> content)
    {
        if (!tenant.IsSet) return Results.NotFound();

        var theme = look.Theme;
        if (context.Request.Query["v"] == theme.Hash) Immutable.Mark(context);
        return Results.Text(content(theme), type + "; charset=utf-8");
    }

    /// <summary>Works as a plain form too: it comes back to the page it was pressed on.</summary>
    private static async Task<IResult> Switch(HttpContext context, IAntiforgery antiforgery, TimeProvider clock)
    {
        if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["to"].ToString() is not ("dark" or "light")) return Results.BadRequest();

        ColourScheme.Remember(context, form["to"].ToString(), clock.GetUtcNow());
        return Results.LocalRedirect(Local(form["back"].ToString()));
    }

    private static string Local(string path) => path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) ? path : "/";
}
