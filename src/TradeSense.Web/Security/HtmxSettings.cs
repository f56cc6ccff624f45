namespace TradeSense.Web.Security;

/// <summary>htmx 4 as every page configures it. The extension hx-csp ignores hx-* attributes on elements without this response's nonce
/// and, for fragments, exchanges the fragment's nonce (proven by its own CSP header) for the page's.</summary>
public static class HtmxSettings
{
    public const string AntiforgeryHeader = "RequestVerificationToken";

    /// <summary>No indicator style sheet (CSP), no alias prefix (one spelling to guard), no history cache, own origin only, and no evaluation of strings as code.</summary>
    public const string Config =
        """{"extensions":"sse,hx-csp","includeIndicatorCSS":false,"prefix":"","mode":"same-origin","history":true,"safeEval":false,"defaultTimeout":20000}""";

    public static bool IsHtmx(this HttpRequest request) => request.Headers.ContainsKey("HX-Request");
}
