using System.Globalization;
using TradeSense.Modules;
using TradeSense.Web;

namespace TradeSense.Tests.Web;

public sealed class RefusalsTests
{
    private static readonly Refusals Translator = new();

    [Fact]
    public void Arguments_are_written_in_the_given_culture()
    {
        var text = Translator.Text(new Refusal("theme.low_contrast", null, "text", "surface", "dark", 2.5m, 4.5m), CultureInfo.GetCultureInfo("de-DE"));

        Assert.Equal("text on surface (dark scheme) has a contrast of 2,5; people need at least 4,5 to read it.", text);
    }

    [Fact]
    public void The_api_gets_the_stable_code_and_the_field()
    {
        var problem = Translator.Problem(new Refusal("theme.unknown", "Theme", "neon"));

        Assert.Equal(422, problem.Status);
        Assert.Equal("theme.unknown", problem.Extensions["code"]);
        Assert.Equal("Theme", problem.Extensions["field"]);
    }
}
