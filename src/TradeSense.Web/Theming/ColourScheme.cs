using TradeSense.Web.Security;

namespace TradeSense.Web.Theming;

/// <summary>Dark or light: the visitor's choice from the cookie, else the theme's own default.</summary>
public static class ColourScheme
{
    public static string Of(HttpContext context, BrandTheme theme) =>
        context.Request.Cookies[Cookies.Scheme] is "dark" or "light" ? context.Request.Cookies[Cookies.Scheme]! : theme.DefaultScheme;

    public static void Remember(HttpContext context, string scheme, DateTimeOffset now)
    {
        var options = Cookies.Builder(Cookies.Scheme, SameSiteMode.Lax).Build(context, now);
        options.MaxAge = TimeSpan.FromDays(400);
        context.Response.Cookies.Append(Cookies.Scheme, scheme, options);
    }
}
