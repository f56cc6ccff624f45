using TradeSense.Benchmarks.Measuring;

namespace TradeSense.Tests.Benchmarks;

public sealed class FiguresTests
{
    [Fact]
    public void The_ratio_is_the_median_of_the_rounds_and_one_bad_round_does_not_move_it()
    {
        var (product, baseline) = (Of(50, 5, 48), Of(100, 100, 100));

        Assert.Equal(0.48m, product.RatioTo(baseline));
        Assert.Equal(48m, product.Median);
    }

    [Fact]
    public void A_ratio_to_a_baseline_that_ran_other_rounds_or_read_nothing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Of(1, 2).RatioTo(Of(1)));
        Assert.Throws<InvalidOperationException>(() => Of(1).RatioTo(Of(0)));
    }

    [Fact]
    public void A_target_is_met_on_its_own_side_of_the_figure()
    {
        Assert.True(Goal.RatioAtLeast(0.5m).IsMet(0.5m));
        Assert.False(Goal.RatioAtLeast(0.5m).IsMet(0.49m));
        Assert.True(Goal.AtMost(40m).IsMet(40m));
        Assert.False(Goal.RatioAtMost(4m).IsMet(4.01m));
    }

    [Fact]
    public void A_target_without_a_ratio_is_judged_by_the_product_alone()
    {
        var slow = new ResultRow("P13", "start", Unit.Seconds, Of(11), Of(100), Goal.AtMost(10m));

        Assert.False(slow.IsMet);
        Assert.True((slow with { Goal = Goal.RatioAtMost(1m) }).IsMet);
    }

    [Fact]
    public async Task The_warm_up_does_not_count_and_every_round_begins_with_another_side()
    {
        var turns = new List<string>();
        Contender Turn(string name) => new(name, _ =>
        {
            turns.Add(name);
            return Task.FromResult(new Reading(turns.Count(turn => turn == name)));
        });

        var figures = await Rounds.Run(2, TestContext.Current.CancellationToken, Turn("a"), Turn("b"));

        Assert.Equal(["a", "b", "a", "b", "b", "a"], turns);
        Assert.Equal([2m, 3m], figures[0].Readings.Select(reading => reading.Value));
    }

    private static Figures Of(params int[] readings) => new("figures", [.. readings.Select(value => new Reading(value))]);
}
