using TradeSense.Modules;

namespace TradeSense.Web.Theming;

public static class ThemeRefusal
{
    public static Refusal UnknownTheme { get; } = new("theme.unknown", "Theme");
    public static Refusal UnknownToken { get; } = new("theme.unknown_token");
    public static Refusal InvalidColour { get; } = new("theme.invalid_colour");
    public static Refusal InvalidChoice { get; } = new("theme.invalid_choice");
    public static Refusal LowContrast { get; } = new("theme.low_contrast");
}
