using System.Globalization;
using System.Text.RegularExpressions;

namespace TradeSense.Web.Theming;

/// <summary>Every value a theme consists of. Colours exist twice, as <c>dark.primary</c> and <c>light.primary</c>; shape tokens once.
/// A value outside its token's rule never reaches a style sheet.</summary>
public static partial class ThemeTokens
{
    /// <summary>Colour tokens, each given for the dark and for the light scheme as #RRGGBB.</summary>
    public static IReadOnlyList<string> Colours { get; } =
    [
        "background", "background-deep", "surface", "surface-raised", "border", "text", "text-muted", "heading", "primary", "on-primary",
        "accent", "link", "profit", "on-profit", "loss", "on-loss", "warning", "info", "focus", "chart-grid",
    ];

    /// <summary>Shape tokens: what a theme differs in beside colour.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Shapes { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["scheme"] = ["dark", "light"],
        ["radius"] = ["0", "2", "4", "6", "8", "12", "16", "20"],
        ["radius-control"] = ["0", "2", "4", "6", "8", "12", "16", "24"],
        ["density"] = ["compact", "regular", "roomy"],
        ["nav"] = ["side", "top"],
        ["hero"] = ["terminal", "friendly", "editorial"],
        ["shadow"] = ["none", "soft", "deep"],
        ["font-text"] = ["inter", "nunito"],
        ["font-heading"] = ["inter", "nunito", "newsreader", "jetbrains-mono"],
        ["font-price"] = ["jetbrains-mono", "inter", "nunito"],
        ["heading-weight"] = ["400", "500", "600", "700", "800"],
    };

    /// <summary>Text on its ground, by token. 4.5 is WCAG AA for text, 3 for a focus ring, which is not text.</summary>
    public static IReadOnlyList<(string Text, string Ground, decimal Needed)> Pairs { get; } =
    [
        ("text", "background", 4.5m), ("text", "background-deep", 4.5m), ("text", "surface", 4.5m), ("text", "surface-raised", 4.5m),
        ("text-muted", "background", 4.5m), ("text-muted", "background-deep", 4.5m), ("text-muted", "surface", 4.5m), ("text-muted", "surface-raised", 4.5m),
        ("heading", "background", 4.5m), ("heading", "surface", 4.5m),
        ("link", "background", 4.5m), ("link", "surface", 4.5m), ("link", "background-deep", 4.5m),
        ("on-primary", "primary", 4.5m), ("on-profit", "profit", 4.5m), ("on-loss", "loss", 4.5m),
        ("profit", "background", 4.5m), ("profit", "surface", 4.5m), ("loss", "background", 4.5m), ("loss", "surface", 4.5m),
        ("warning", "surface", 4.5m), ("warning", "background", 4.5m), ("info", "surface", 4.5m),
        ("focus", "background", 3m), ("focus", "surface", 3m),
    ];

    /// <summary>True when the token exists and the value obeys its rule. <paramref name="token"/> is <c>radius</c> or <c>dark.primary</c>.</summary>
    public static bool IsValid(string token, string value) =>
        Shapes.TryGetValue(token, out var choices) ? choices.Contains(value) : IsColourToken(token) && Colour().IsMatch(value);

    public static bool Exists(string token) => Shapes.ContainsKey(token) || IsColourToken(token);

    private static bool IsColourToken(string token) => token.Split('.', 2) is ["dark" or "light", var name] && Colours.Contains(name);

    /// <summary>WCAG 2 contrast of two #RRGGBB colours, 1 to 21, cut to two digits so that 4.499 never passes for 4.50.</summary>
    public static decimal Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return decimal.Round((decimal)((Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05)), 2, MidpointRounding.ToZero);
    }

    private static double Luminance(string colour) => 0.2126 * Channel(colour, 1) + 0.7152 * Channel(colour, 3) + 0.0722 * Channel(colour, 5);

    private static double Channel(string colour, int at)
    {
        var value = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6}\\z")]
    private static partial Regex Colour();
}
