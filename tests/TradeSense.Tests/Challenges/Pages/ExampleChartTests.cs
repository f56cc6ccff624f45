using System.Globalization;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Web.Pages.Shared;

namespace TradeSense.Tests.Challenges.Pages;

public sealed class ExampleChartTests
{
    [Fact]
    public void A_floor_that_moves_is_drawn_as_steps_under_the_equity()
    {
        var model = SampleModel.Make().WithPhase(phase => phase with { OverallLoss = new OverallLossRule(new Allowance(new Percent(8), null), OverallMode.TrailingEndOfDay) });
        var rule = RuleBook.Describe(model, 0, 100_000m, CultureInfo.GetCultureInfo("en-US")).Single(text => text.Kind == RuleKind.OverallLoss);

        var chart = ExampleChart.Of(rule.Example)!;

        Assert.Equal(3, chart.Dots.Count);
        Assert.Equal("12,84 160,84 160,63.4 308,63.4 308,63.4", chart.Floor);
        Assert.Equal("12,12 160,22.3 308,63.4", chart.Equity);
    }

    [Fact]
    public void A_floor_that_stays_is_left_to_the_words() =>
        Assert.Null(ExampleChart.Of(RuleBook.Describe(SampleModel.Make(), 0, 100_000m, CultureInfo.InvariantCulture).Single(text => text.Kind == RuleKind.OverallLoss).Example));
}
