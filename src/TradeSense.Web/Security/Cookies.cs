namespace TradeSense.Web.Security;

/// <summary>Names and rules of all cookies. The prefix __Host- makes browsers refuse them from any other host, over plain HTTP, or with a wider path.</summary>
public static class Cookies
{
    public const string Session = "__Host-session";
    public const string Antiforgery = "__Host-antiforgery";

    /// <summary>The colour scheme a visitor chose: dark or light. Read by the server so that no page flashes.</summary>
    public const string Scheme = "__Host-scheme";

    /// <summary>A note for the next page, shown once.</summary>
    public const string Note = "__Host-note";

    /// <summary>The visitor's time zone as the browser names it. Written by a script, therefore not HttpOnly and never trusted beyond formatting.</summary>
    public const string Zone = "zone";

    /// <summary>Secure, HttpOnly, whole host. Browsers take Secure cookies from http://localhost and its subdomains too, so development needs no exception.</summary>
    public static CookieBuilder Builder(string name, SameSiteMode sameSite) => new SecureCookie
    {
        Name = name, SameSite = sameSite, HttpOnly = true, Path = "/", IsEssential = true,
    };

    /// <summary>Antiforgery refuses to answer plain HTTP when its policy is Always; this keeps the attribute without the refusal.</summary>
    private sealed class SecureCookie : CookieBuilder
    {
        public SecureCookie() => SecurePolicy = CookieSecurePolicy.None;

        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            options.Secure = true;
            options.Domain = null;
            return options;
        }
    }
}
