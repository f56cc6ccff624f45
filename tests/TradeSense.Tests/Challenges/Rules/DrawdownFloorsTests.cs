using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Rules;

namespace TradeSense.Tests.Challenges.Rules;

/// <summary>The drawdown calculator says what the rules' own code says.</summary>
public sealed class DrawdownFloorsTests
{
    [Fact]
    public void Todays_floor_follows_the_days_balance_and_the_overall_floor_stays()
    {
        var sum = Of(SampleModel.Make(), dayBalance: "104000", equity: "99500").Value;

        Assert.Equal((99_000m, 90_000m), (sum.Today!.Value.Amount, sum.Overall!.Value.Amount));
        Assert.Equal((500m, 9_500m, null), (sum.TodayLeft!.Value.Amount, sum.OverallLeft!.Value.Amount, sum.Verdict));
    }

    [Fact]
    public void The_floor_itself_is_safe_and_a_cent_below_it_is_not()
    {
        Assert.Null(Of(SampleModel.Make(), dayBalance: "104000", equity: "99000").Value.Verdict);
        Assert.Equal(LossRule.DailyLoss, Of(SampleModel.Make(), dayBalance: "104000", equity: "98999.99").Value.Verdict);
        Assert.Equal(LossRule.OverallLoss, Of(SampleModel.Make(), dayBalance: "91000", equity: "89000").Value.Verdict);
    }

    [Theory]
    [InlineData(OverallMode.TrailingEquity, 96_000)]
    [InlineData(OverallMode.TrailingBalance, 96_000)]
    [InlineData(OverallMode.TrailingEndOfDay, 96_000)]
    [InlineData(OverallMode.Static, 90_000)]
    public void A_trailing_floor_follows_the_highest(OverallMode mode, decimal floor)
    {
        var model = SampleModel.Make().WithPhase(phase => phase with { OverallLoss = SampleModel.Overall with { Mode = mode } });

        Assert.Equal(floor, Of(model, highest: "106000", dayBalance: "100000", equity: "100000").Value.Overall!.Value.Amount);
    }

    [Fact]
    public void A_pause_is_no_end_and_what_is_no_number_is_told_beside_its_field()
    {
        var model = SampleModel.Make().WithPhase(phase => phase with { DailyLoss = SampleModel.Daily with { Effect = BreachEffect.Pause } });

        Assert.True(Of(model, dayBalance: "100000", equity: "94000").Value.Pauses);
        Assert.Equal("DayBalance", Of(model, dayBalance: "100,000").Refusal!.Field);
    }

    private static Modules.Result<DrawdownFloors.Sum> Of(Modules.Challenges.ModelDefinition model, string? dayBalance = null, string? dayEquity = null, string? highest = null, string? equity = null) =>
        DrawdownFloors.Of(model.TermsOf(0, 100_000m), new(dayBalance, dayEquity, highest, equity));
}
