using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Web;

/// <summary>An address that takes a request which may change something: a page's handler, or an endpoint.</summary>
/// <param name="Template">As the route is written.</param>
/// <param name="Handler">The named handler of a page; empty for the page's only one and for endpoints.</param>
internal sealed partial record UnsafeRoute(string Method, string Template, string Handler, bool IsExempt, bool IsForVisitors)
{
    /// <summary>Keys nobody has: what is tried here must be refused before anybody looks them up.</summary>
    public string Address => "/" + Key().Replace(Template, match => match.Value.Contains(":guid", StringComparison.Ordinal) ? Guid.CreateVersion7().ToString() : "1") + (Handler.Length > 0 ? $"?handler={Handler}" : "");

    public string Folder => Template.Split('/')[0];

    public override string ToString() => $"{Method} {Template}{(Handler.Length > 0 ? $" {Handler}" : "")}";

    /// <summary>All of them, as the running application has them: nobody keeps a list that could be forgotten.</summary>
    public static async Task<IReadOnlyList<UnsafeRoute>> All(Site site)
    {
        var loader = site.Services.GetRequiredService<PageLoader>();
        var routes = new List<UnsafeRoute>();
        foreach (var endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var template = endpoint.RoutePattern.RawText!.TrimStart('/').ToLowerInvariant();
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page) routes.AddRange(HandlersOf(template, await loader.LoadAsync(page, endpoint.Metadata)));
            else routes.AddRange(MethodsOf(endpoint).Select(method => new UnsafeRoute(method, template, "", IsExempted(endpoint.Metadata), true)));
        }

        return [.. routes.DistinctBy(route => route.ToString()).OrderBy(route => route.ToString(), StringComparer.Ordinal)];
    }

    private static IEnumerable<UnsafeRoute> HandlersOf(string template, CompiledPageActionDescriptor page)
    {
        var isExempt = IsExempted([.. page.EndpointMetadata ?? [], .. page.FilterDescriptors.Select(filter => filter.Filter)]);
        return page.HandlerMethods.Where(handler => !IsSafe(handler.HttpMethod))
            .Select(handler => new UnsafeRoute(handler.HttpMethod.ToUpperInvariant(), template, handler.Name ?? "", isExempt, page.EndpointMetadata?.OfType<IAuthorizeData>().Any() is not true));
    }

    /// <summary>An endpoint that names no method takes them all.</summary>
    private static IEnumerable<string> MethodsOf(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["POST"]).Where(method => !IsSafe(method));

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsExempted(IEnumerable<object> metadata) =>
        metadata.Any(one => one is IAntiforgeryMetadata { RequiresValidation: false } and not RequireAntiforgeryTokenAttribute or IgnoreAntiforgeryTokenAttribute);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Key();
}
