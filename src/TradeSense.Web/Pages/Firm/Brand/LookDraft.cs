using TradeSense.Modules.Tenancy;
using TradeSense.Web.Theming;

namespace TradeSense.Web.Pages.Firm.Brand;

/// <summary>The look in the editor: a theme with every token's value, of which those that differ from the theme are the firm's own.</summary>
public sealed record LookDraft(Theme Theme, IReadOnlyDictionary<string, string> Values, ThemeVerdict Verdict, string? Sealed)
{
    /// <summary>Colours a firm changes as a rule; the others stay in the theme's harmony and are offered below.</summary>
    public static IReadOnlyList<string> MainColours { get; } = ["primary", "on-primary", "accent", "link", "background", "surface", "text", "heading", "profit", "loss"];

    public IReadOnlyDictionary<string, string> Overrides => Differing(Theme, Values);

    public static LookDraft Of(Tenant tenant, ThemeStore themes, BrandLook look) =>
        Build(themes.Find(tenant.Theme) ?? themes.All.First(), tenant.ThemeOverrides, themes, look);

    /// <param name="basis">The theme whose values the form showed. After another was chosen they mean nothing, and the new theme starts plain.</param>
    public static LookDraft? Of(string theme, string basis, IReadOnlyDictionary<string, string> posted, ThemeStore themes, BrandLook look)
    {
        if (themes.Find(theme) is not { } chosen) return null;

        return Build(chosen, theme == basis ? Differing(chosen, posted) : new Dictionary<string, string>(), themes, look);
    }

    private static LookDraft Build(Theme theme, IReadOnlyDictionary<string, string> overrides, ThemeStore themes, BrandLook look)
    {
        var values = new Dictionary<string, string>(theme.Tokens);
        foreach (var (token, value) in overrides) values[token] = value;
        return new LookDraft(theme, values, themes.Validate(theme.Name, overrides), look.Seal(theme.Name, overrides));
    }

    private static Dictionary<string, string> Differing(Theme theme, IReadOnlyDictionary<string, string> values) =>
        values.Where(pair => !string.Equals(theme.Tokens.GetValueOrDefault(pair.Key), pair.Value, StringComparison.OrdinalIgnoreCase)).ToDictionary(pair => pair.Key, pair => pair.Value);
}
