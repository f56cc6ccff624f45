using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;

namespace TradeSense.Tests.Challenges.Models;

public sealed class ModelJsonTests
{
    [Fact]
    public void What_is_written_reads_back_and_writes_the_same_again()
    {
        var model = SampleModel.Make().WithPhase(phase => phase with
        {
            MaximumDays = 60,
            Consistency = new Percent(40),
            DailyLoss = new DailyLossRule(new Allowance(null, 500.5m), DailyAnchor.Higher, false, Comparison.AtOrBelow, Evaluation.Tick, BreachEffect.Pause),
            OverallLoss = new OverallLossRule(new Allowance(new Percent(8), null), OverallMode.TrailingEndOfDay, true, Comparison.AtOrBelow, FloorLock.Initial, 100m, PayoutEffect.LiftsToInitial),
        });

        var text = ModelJson.Canonical(model);
        var again = ModelJson.Parse(text);

        Assert.Equal(text, ModelJson.Canonical(again));
        Assert.Equal(model.Phases[0], again.Phases[0]);
        Assert.Equal(model.Trading, again.Trading);
        Assert.Equal(model.Payout, again.Payout);
        Assert.Equal(model.Sizes, again.Sizes);
    }

    [Fact]
    public void Trailing_zeros_make_no_difference_to_the_hash_and_a_changed_digit_does()
    {
        var model = SampleModel.Make();
        string Hash(decimal price) => ModelVersion.HashOf(ModelJson.Canonical(model with { Sizes = [new SizePrice(10_000m, price)] }));

        Assert.Equal(Hash(99m), Hash(99.00m));
        Assert.NotEqual(Hash(99m), Hash(99.01m));
    }

    [Fact]
    public void A_phase_without_a_rule_stays_without_it()
    {
        var model = SampleModel.Make().WithPhase(phase => phase with { DailyLoss = null });

        Assert.Null(ModelJson.Parse(ModelJson.Canonical(model)).Phases[0].DailyLoss);
        Assert.NotNull(ModelJson.Parse(ModelJson.Canonical(model)).Phases[1].DailyLoss);
    }
}
