using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TradeSense.Web.Theming;

/// <summary>Writes a theme's tokens as custom properties: <c>--ts-*</c> for our components, and the <c>--tblr-*</c> names the component kit reads.</summary>
public static class ThemeStylesheet
{
    /// <summary>Which properties of the kit follow which colour token.</summary>
    private static readonly (string Property, string Token)[] KitColours =
    [
        ("body-bg", "background"), ("body-color", "text"), ("emphasis-color", "heading"), ("heading-color", "heading"),
        ("bg-surface", "surface"), ("bg-surface-primary", "surface"), ("bg-surface-secondary", "background-deep"), ("bg-surface-tertiary", "surface-raised"),
        ("bg-forms", "surface-raised"), ("secondary-bg", "surface-raised"), ("tertiary-bg", "background-deep"),
        ("border-color", "border"), ("border-color-translucent", "border"), ("border-dark-color", "border"), ("border-active-color", "text-muted"),
        ("secondary", "text-muted"), ("secondary-color", "text-muted"), ("tertiary", "text-muted"), ("tertiary-color", "text-muted"), ("muted", "text-muted"),
        ("icon-color", "text-muted"), ("code-color", "text"), ("code-bg", "background-deep"),
        ("primary", "primary"), ("primary-fg", "on-primary"), ("brand", "primary"), ("link-color", "link"), ("link-hover-color", "heading"),
        ("success", "profit"), ("success-fg", "on-profit"), ("green", "profit"), ("danger", "loss"), ("danger-fg", "on-loss"), ("red", "loss"),
        ("warning", "warning"), ("warning-fg", "background"), ("info", "info"), ("info-fg", "background"), ("focus-ring-color", "focus"),
        ("form-invalid-color", "loss"), ("form-invalid-border-color", "loss"), ("form-valid-color", "profit"), ("form-valid-border-color", "profit"),
    ];

    private static readonly Dictionary<string, string> Fonts = new()
    {
        ["inter"] = "\"Inter Variable\", system-ui, sans-serif",
        ["nunito"] = "\"Nunito Variable\", system-ui, sans-serif",
        ["newsreader"] = "\"Newsreader Variable\", Georgia, serif",
        ["jetbrains-mono"] = "\"JetBrains Mono Variable\", ui-monospace, monospace",
    };

    /// <summary>Dark grounds need a stronger shadow to show one at all.</summary>
    private static readonly Dictionary<(string Shadow, string Scheme), string> Shadows = new()
    {
        [("none", "light")] = "none",
        [("none", "dark")] = "none",
        [("soft", "light")] = "0 1px 2px rgb(0 0 0 / 5%), 0 8px 24px -12px rgb(0 0 0 / 16%)",
        [("soft", "dark")] = "0 8px 24px -12px rgb(0 0 0 / 45%)",
        [("deep", "light")] = "0 1px 2px rgb(10 14 39 / 6%), 0 12px 24px -20px rgb(10 14 39 / 28%)",
        [("deep", "dark")] = "0 1px 0 rgb(255 255 255 / 4%) inset, 0 12px 32px -16px rgb(0 0 0 / 60%)",
    };

    /// <summary>Multiples of the 8 px grid: space inside a card, height of a control, vertical padding of a table cell, base font size.</summary>
    private static readonly Dictionary<string, (string Card, string Control, string Cell, string Font)> Densities = new()
    {
        ["compact"] = ("1rem", "2.25rem", ".4rem", ".875rem"),
        ["regular"] = ("1.25rem", "2.5rem", ".6rem", ".9375rem"),
        ["roomy"] = ("1.5rem", "2.75rem", ".8rem", "1rem"),
    };

    public static BrandTheme Render(IReadOnlyDictionary<string, string> tokens, string logo)
    {
        var css = new StringBuilder("@layer theme {\n");
        Block(css, ":root", Shape(tokens));
        Block(css, ":root, [data-bs-theme=\"light\"]", Colours(tokens, "light"));
        Block(css, "[data-bs-theme=\"dark\"]", Colours(tokens, "dark"));
        css.Append("}\n");

        var hash = HashOf(css + logo);
        css.Append(CultureInfo.InvariantCulture, $"@layer theme {{ :root {{ --ts-logo: url(\"/brand/logo.svg?v={hash}\"); }} }}\n");
        var coloured = logo.Replace("<svg ", $"<svg fill=\"{tokens[tokens["scheme"] + ".primary"]}\" ", StringComparison.Ordinal);
        return new BrandTheme(css.ToString(), hash, coloured, tokens);
    }

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static IEnumerable<(string, string)> Colours(IReadOnlyDictionary<string, string> tokens, string scheme) =>
        [("color-scheme", scheme), ("--ts-shadow", Shadows[(tokens["shadow"], scheme)]),
         .. ThemeTokens.Colours.Select(name => ($"--ts-{name}", tokens[$"{scheme}.{name}"])),
         .. KitColours.Select(pair => ($"--tblr-{pair.Property}", $"var(--ts-{pair.Token})"))];

    private static IEnumerable<(string, string)> Shape(IReadOnlyDictionary<string, string> tokens)
    {
        var density = Densities[tokens["density"]];
        var (radius, control) = (int.Parse(tokens["radius"], CultureInfo.InvariantCulture), tokens["radius-control"]);
        return
        [
            ("--ts-font-text", Fonts[tokens["font-text"]]), ("--ts-font-heading", Fonts[tokens["font-heading"]]), ("--ts-font-price", Fonts[tokens["font-price"]]),
            ("--ts-heading-weight", tokens["heading-weight"]), ("--ts-radius", $"{radius}px"), ("--ts-radius-control", $"{control}px"),
            ("--ts-space-card", density.Card), ("--ts-control-height", density.Control), ("--ts-space-cell", density.Cell),
            ("--tblr-font-sans-serif", "var(--ts-font-text)"), ("--tblr-font-monospace", "var(--ts-font-price)"), ("--tblr-body-font-family", "var(--ts-font-text)"),
            ("--tblr-body-font-size", density.Font), ("--tblr-border-radius", $"{control}px"), ("--tblr-border-radius-sm", $"{control}px"),
            ("--tblr-border-radius-lg", $"{radius}px"), ("--tblr-border-radius-xl", $"{radius}px"),
        ];
    }

    private static void Block(StringBuilder css, string selector, IEnumerable<(string Name, string Value)> declarations)
    {
        css.Append(CultureInfo.InvariantCulture, $"  {selector} {{\n");
        foreach (var (name, value) in declarations) css.Append(CultureInfo.InvariantCulture, $"    {name}: {value};\n");
        css.Append("  }\n");
    }
}
