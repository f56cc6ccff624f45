using TradeSense.Modules.Notifications;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Web.Theming;

/// <summary>A brand's look as its e-mails wear it: the theme with the brand's own colours, in the scheme a new visitor sees.</summary>
internal static class BrandMail
{
    /// <param name="urls">Where this installation listens: only names of this machine are reached at that port.</param>
    public static MailLook LookOf(Tenant tenant, ThemeStore themes, string? urls)
    {
        var theme = themes.For(tenant);
        string Colour(string name) => theme.Tokens[$"{theme.DefaultScheme}.{name}"];
        return new MailLook(
            Colour("primary"), Colour("on-primary"), Colour("background"), Colour("surface"), Colour("border"), Colour("heading"), Colour("text"), Colour("text-muted"), theme.Tokens["radius"],
            themes.Find(tenant.Theme)?.Mask?.In(Colour("on-primary")), SiteOf(tenant.Hosts[0], urls));
    }

    /// <summary>Brands are behind a proxy that ends TLS, at the usual port. Names of the own machine, for trying out, are not.</summary>
    private static Uri SiteOf(string host, string? urls)
    {
        if (host is not "localhost" && !host.EndsWith(".localhost", StringComparison.Ordinal)) return new Uri($"https://{host}");

        var listens = (urls ?? "http://localhost:5080").Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal);
        return new UriBuilder("http", host, Uri.TryCreate(listens, UriKind.Absolute, out var address) ? address.Port : 5080).Uri;
    }
}
