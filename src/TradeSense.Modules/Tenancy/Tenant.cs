using System.Globalization;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Tenancy;

public enum TenantKind { Brand, Platform }
public enum TenantStatus { Active, Suspended }

/// <summary>One brand as every request sees it: immutable, kept in memory by <see cref="TenantDirectory"/>. The platform's own console is a tenant of its own kind.</summary>
/// <param name="Slug">Short name for commands and files: <c>meridian</c>.</param>
/// <param name="Hosts">Host names without port, lower case; the first is the one links are built from.</param>
/// <param name="Culture">How numbers and dates are written, for instance <c>de-DE</c>. Texts are English.</param>
/// <param name="Theme">A folder of <c>themes/</c>.</param>
/// <param name="ThemeOverrides">Token name → validated value, laid over the theme's own.</param>
/// <param name="Texts">The firm's own words by key (tagline, about, support e-mail …).</param>
/// <param name="ProhibitedCountries">ISO 3166 alpha-2 codes that may not register.</param>
public sealed record Tenant(
    Guid Id,
    string Slug,
    string Name,
    TenantKind Kind,
    TenantStatus Status,
    IReadOnlyList<string> Hosts,
    string Culture,
    Currency Currency,
    TradingDay TradingDay,
    string Theme,
    IReadOnlyDictionary<string, string> ThemeOverrides,
    IReadOnlyDictionary<string, string> Texts,
    IReadOnlyList<string> ProhibitedCountries)
{
    public CultureInfo CultureInfo => CultureInfo.GetCultureInfo(Culture);
}
