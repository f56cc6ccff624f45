using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Net.Http.Headers;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Security;

/// <summary>The headers of every response: pages, fragments, streams, files, redirects and errors alike.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Permissions =
        "accelerometer=(), autoplay=(), camera={0}, display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), " +
        "magnetometer=(), microphone=(), midi=(), payment=(self), picture-in-picture=(), publickey-credentials-create=(self), " +
        "publickey-credentials-get=(self), screen-wake-lock=(), usb=(), xr-spatial-tracking=()";

    private static readonly string PermissionsWithoutCamera = Permissions.Replace("{0}", "()", StringComparison.Ordinal);
    private static readonly string PermissionsWithCamera = Permissions.Replace("{0}", "(self)", StringComparison.Ordinal);

    public Task Invoke(HttpContext context)
    {
        context.Response.OnStarting(Write, context);
        return next(context);
    }

    private static Task Write(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        var exceptions = PageExceptions.Of(context);

        headers.ContentSecurityPolicy =
            exceptions.Sandboxed ? "sandbox; default-src 'none'; frame-ancestors 'none'"
            : exceptions.Letter ? "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
            : Policy(CspNonce.Of(context), exceptions);
        headers["Reporting-Endpoints"] = $"csp=\"{CspReports.Path}\"";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = exceptions.FramedByOwnPages || exceptions.Letter ? "SAMEORIGIN" : "DENY";
        headers["Referrer-Policy"] = exceptions.NoReferrer ? "no-referrer" : "strict-origin-when-cross-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = exceptions.Camera ? PermissionsWithCamera : PermissionsWithoutCamera;
        if (context.Request.IsHttps) headers.StrictTransportSecurity = OwnsSubdomains(context) ? "max-age=63072000; includeSubDomains" : "max-age=63072000";

        WriteCaching(context, headers);
        return Task.CompletedTask;
    }

    /// <summary>A brand's host is often one name of a larger domain whose other hosts we know nothing of: its firm has to agree with the text <c>hstsSubdomains</c>.</summary>
    private static bool OwnsSubdomains(HttpContext context)
    {
        var current = context.RequestServices.GetRequiredService<CurrentTenant>();
        return current.IsSet && (current.Value.Kind is TenantKind.Platform || current.Value.Texts.GetValueOrDefault("hstsSubdomains") is "yes");
    }

    /// <summary>What a signed-in person saw is kept nowhere; a page anyone may see is asked for anew each time, because it depends on host and scheme cookie.</summary>
    private static void WriteCaching(HttpContext context, IHeaderDictionary headers)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return; // Served with its own tag and age.

        if (context.User.Identity?.IsAuthenticated == true && !Immutable.Is(context))
        {
            headers.CacheControl = "no-store";
            headers.Append(HeaderNames.Vary, "Cookie, HX-Request");
        }
        else if (Immutable.Is(context))
        {
            headers.CacheControl = "public, max-age=31536000, immutable";
        }
        else if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "private, no-cache";
            headers.Append(HeaderNames.Vary, "Cookie, HX-Request");
        }
    }

    private static string Policy(string nonce, PageExceptions exceptions) =>
        $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'none'; img-src 'self' data:; " +
        $"font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'{exceptions.FormTargets}; " +
        $"frame-src {(exceptions.FramesOwnPages ? "'self'" : "'none'")}; frame-ancestors {(exceptions.FramedByOwnPages ? "'self'" : "'none'")}; " +
        "base-uri 'none'; object-src 'none'; report-to csp";
}
