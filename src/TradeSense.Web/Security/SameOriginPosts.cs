using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace TradeSense.Web.Security;

/// <summary>A second lock beside the antiforgery token: a state-changing request that a browser says comes from another origin is refused.
/// Endpoints that opted out of antiforgery (signed webhooks, bearer API, reports) are not asked.</summary>
public sealed class SameOriginPosts(RequestDelegate next)
{
    public Task Invoke(HttpContext context)
    {
        if (IsSafe(context.Request.Method) || IsExempt(context.GetEndpoint()) || IsOwn(context.Request)) return next(context);

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool IsExempt(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false }
        || endpoint?.Metadata.GetMetadata<IgnoreAntiforgeryTokenAttribute>() is not null;

    /// <summary>Where the browser says it outright, that counts: a page without referrer posts to its own site with the origin "null".</summary>
    private static bool IsOwn(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].FirstOrDefault() is { } site) return site is "same-origin" or "none";
        if (request.Headers.Origin.FirstOrDefault() is not { } origin) return true;

        return Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
