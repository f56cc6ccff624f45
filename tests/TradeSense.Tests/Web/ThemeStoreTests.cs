using System.Text.Json.Nodes;
using TradeSense.Engine.Values;
using TradeSense.Web.Theming;

namespace TradeSense.Tests.Web;

public sealed class ThemeStoreTests
{
    private static readonly ThemeStore Store = new(Path.Combine(TestSite.Root(), "themes"));

    [Fact]
    public void The_three_packaged_themes_are_complete_and_readable() =>
        Assert.Equal(["daylight", "harbour", "midnight"], Store.All.Select(theme => theme.Name));

    [Fact]
    public void Themes_differ_in_more_than_colour()
    {
        string Shape(Theme theme) => string.Join(' ', ThemeTokens.Shapes.Keys.Where(token => token is not "scheme").Select(token => theme.Tokens[token]));

        Assert.Equal(Store.All.Count, Store.All.Select(Shape).Distinct().Count());
    }

    [Fact]
    public void A_theme_with_a_missing_token_stops_the_start()
    {
        var error = Assert.Throws<InvalidDataException>(() => StoreWith(theme => theme["dark"]!.AsObject().Remove("profit")));

        Assert.Contains("dark.profit is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_theme_nobody_can_read_stops_the_start()
    {
        var error = Assert.Throws<InvalidDataException>(() => StoreWith(theme => theme["light"]!["text"] = theme["light"]!["background"]!.GetValue<string>()));

        Assert.Contains("light: text on background has contrast 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dark.primary", "#12345", "theme.invalid_colour")]
    [InlineData("dark.primary", "#007AFF;} body{display:none", "theme.invalid_colour")]
    [InlineData("dark.primary", "url(https://elsewhere.example)", "theme.invalid_colour")]
    [InlineData("dark.primary", "#007AFF\n", "theme.invalid_colour")]
    [InlineData("dark.nonsense", "#007AFF", "theme.unknown_token")]
    [InlineData("primary", "#007AFF", "theme.unknown_token")]
    [InlineData("radius", "5px", "theme.invalid_choice")]
    [InlineData("dark.text", "#0A0E27", "theme.low_contrast")]
    public void An_override_outside_its_rule_is_refused(string token, string value, string code)
    {
        var verdict = Store.Validate("midnight", new Dictionary<string, string> { [token] = value });

        Assert.False(verdict.IsAccepted);
        Assert.Equal(code, verdict.Refusals[0].Code);
    }

    [Fact]
    public void An_accepted_override_changes_the_style_sheet_and_its_address()
    {
        var tenant = TestSite.Brand("meridian", "midnight", "en-US", Currency.Usd);
        var changed = tenant with { ThemeOverrides = new Dictionary<string, string> { ["dark.accent"] = "#ABCDEF", ["nav"] = "top" } };

        Assert.Contains("--ts-accent: #ABCDEF;", Store.For(changed).Css, StringComparison.Ordinal);
        Assert.NotEqual(Store.For(tenant).Hash, Store.For(changed).Hash);
        Assert.Equal("top", Store.For(changed).Nav);
    }

    [Fact]
    public void Overrides_that_no_longer_pass_fall_back_to_the_plain_theme()
    {
        var tenant = TestSite.Brand("meridian", "midnight", "en-US", Currency.Usd);
        var broken = tenant with { ThemeOverrides = new Dictionary<string, string> { ["dark.text"] = "#000000" } };

        Assert.Equal(Store.For(tenant).Css, Store.For(broken).Css);
    }

    [Theory]
    [InlineData("#000000", "#FFFFFF", 21)]
    [InlineData("#777777", "#FFFFFF", 4.47)]
    [InlineData("#FFFFFF", "#FFFFFF", 1)]
    public void Contrast_is_that_of_wcag(string one, string other, decimal ratio) => Assert.Equal(ratio, ThemeTokens.Contrast(one, other));

    private static ThemeStore StoreWith(Action<JsonNode> change)
    {
        var folder = Directory.CreateTempSubdirectory("themes");
        try
        {
            var source = Path.Combine(TestSite.Root(), "themes", "midnight");
            var theme = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "theme.json")))!;
            change(theme);
            var target = folder.CreateSubdirectory("midnight").FullName;
            File.WriteAllText(Path.Combine(target, "theme.json"), theme.ToJsonString());
            File.Copy(Path.Combine(source, "logo.svg"), Path.Combine(target, "logo.svg"));
            return new ThemeStore(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
