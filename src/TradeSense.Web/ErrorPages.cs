using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using TradeSense.Modules.Tenancy;
using TradeSense.Web.Live;
using TradeSense.Web.Security;

namespace TradeSense.Web;

/// <summary>What an error shows. A view, not a page: it must render when the database, and with it the page transaction, is away.</summary>
public static class ErrorPages
{
    private const string View = "/Pages/Site/_ErrorPage.cshtml";

    public sealed record Model(int Status, string Title, string Text, string? Reference);

    /// <summary>For exceptions and for bodiless answers from 400 to 599.</summary>
    public static async Task Write(HttpContext context)
    {
        var status = context.Response.StatusCode;
        if (status < StatusCodes.Status400BadRequest) context.Response.StatusCode = status = StatusCodes.Status500InternalServerError;

        if (IsApi(context)) await WriteProblem(context, status);
        else if (context.Request.IsHtmx()) await WriteNote(context, status);
        else if (context.RequestServices.GetRequiredService<CurrentTenant>().IsSet) await WritePage(context, status);
        else await WritePlain(context, status);
    }

    /// <summary>For a host that belongs to nobody: a page without any brand. The tenant middleware calls it and goes no further.</summary>
    public static Task WriteUnknownHost(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return WritePlain(context, StatusCodes.Status404NotFound);
    }

    /// <summary>For a brand that is suspended: not a word of the brand.</summary>
    public static Task WriteUnavailable(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return WritePlain(context, StatusCodes.Status503ServiceUnavailable);
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/webhooks");

    private static Task WriteProblem(HttpContext context, int status) =>
        Results.Problem(statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = $"http.{status}" }).ExecuteAsync(context);

    /// <summary>A whole page must never land inside a fragment: htmx gets a note for the corner, or is sent to sign in.</summary>
    private static async Task WriteNote(HttpContext context, int status)
    {
        if (status is StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.TryAdd("HX-Redirect", "/account/sign-in");
            return;
        }

        context.Response.Headers["HX-Retarget"] = "#toasts";
        context.Response.Headers["HX-Reswap"] = "beforeend";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(await Renderer(context).Render("/Pages/Shared/_Toast.cshtml", $"{Words(context, status).Title}. {Words(context, status).Text}"));
    }

    private static async Task WritePage(HttpContext context, int status)
    {
        var html = await Renderer(context).Render(View, Words(context, status), withLayout: true);
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(html);
    }

    private static Task WritePlain(HttpContext context, int status)
    {
        var words = status is StatusCodes.Status404NotFound ? ("Nothing here", "No site is served at this address. Check the spelling of the host name.") : (Words(context, status).Title, Words(context, status).Text);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync($$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{words.Item1}}</title><link rel="icon" href="data:,">
            <style nonce="{{CspNonce.Of(context)}}">html{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-content:center;font:1rem/1.5 system-ui,sans-serif;padding:1.5rem}main{max-width:32rem}h1{font-size:1.5rem;margin:0 0 .5rem}p{margin:0}</style></head>
            <body><main><h1>{{words.Item1}}</h1><p>{{words.Item2}}</p></main></body></html>
            """);
    }

    private static Model Words(HttpContext context, int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new(status, "Please sign in", "This page is for signed-in members.", null),
        StatusCodes.Status403Forbidden => new(status, "This is not open to you", "Your role does not include this page or action. If it should, ask the person who manages your team.", null),
        StatusCodes.Status404NotFound => new(status, "We can’t find that page", "The address may be mistyped, or what it showed is gone.", null),
        StatusCodes.Status405MethodNotAllowed => new(status, "That can’t be opened like this", "Go back and use the button on the page.", null),
        StatusCodes.Status429TooManyRequests => new(status, "Too many tries", Wait(context), null),
        StatusCodes.Status503ServiceUnavailable => new(status, "Back in a moment", "The service is not ready. Your positions and orders are kept; try again shortly.", null),
        >= 400 and < 500 => new(status, "That request didn’t work", "Go back, reload the page and try again.", null),
        _ => new(status, "Something broke on our side", "It has been recorded. Nothing you entered was half-saved; try again in a moment.", Activity.Current?.TraceId.ToString()),
    };

    /// <summary>How long, and the time it will be then, in UTC: who waits has no page that counts down.</summary>
    private static string Wait(HttpContext context)
    {
        if (!int.TryParse(context.Response.Headers.RetryAfter.FirstOrDefault(), CultureInfo.InvariantCulture, out var seconds)) return "Wait a minute and try again.";

        var minutes = (seconds + 59) / 60;
        var until = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().AddSeconds(seconds);
        return seconds < 60 ? $"Nothing was done. Wait {seconds} {(seconds == 1 ? "second" : "seconds")} and try again." : string.Create(CultureInfo.InvariantCulture, $"Nothing was done. Try again in {minutes} {(minutes == 1 ? "minute" : "minutes")}, after {until:HH:mm} UTC.");
    }

    private static PartialRenderer Renderer(HttpContext context) => new(new ActionContext(context, context.GetRouteData() ?? new RouteData(), new ActionDescriptor()));
}
