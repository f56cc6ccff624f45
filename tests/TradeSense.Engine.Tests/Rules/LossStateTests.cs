using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests.Rules;

public sealed class LossStateTests
{
    private static readonly Allowance TenPercent = new(new Percent(10), null);

    [Fact]
    public void A_percent_of_the_peak_grows_with_the_peak()
    {
        var terms = Overall(new OverallLossRule(TenPercent, OverallMode.TrailingBalance, OfPeak: true));

        var state = LossState.Start(terms).Followed(terms, balance: 120_000m, equity: 90_000m);

        Assert.Equal((120_000m, 108_000m), (state.Peak, state.OverallFloor));
    }

    [Theory]
    [InlineData(0, 100_000)]
    [InlineData(100, 100_100)]
    [InlineData(-500, 99_500)]
    public void A_locked_floor_stops_at_initial_plus_the_offset(int offset, int floor)
    {
        var terms = Overall(new OverallLossRule(TenPercent, OverallMode.TrailingEquity, Lock: FloorLock.Initial, LockOffset: offset));

        var state = LossState.Start(terms).Followed(terms, 100_000m, 200_000m);

        Assert.Equal(floor, state.OverallFloor);
    }

    [Theory]
    [InlineData(OverallMode.Static, 100_000, 100_000)]
    [InlineData(OverallMode.TrailingBalance, 105_000, 100_000)]
    [InlineData(OverallMode.TrailingBalance, 130_000, 117_000)]
    public void A_payout_that_lifts_to_initial_does_so_for_good_and_never_lowers_a_floor(OverallMode mode, int balance, int floor)
    {
        var terms = Overall(new OverallLossRule(TenPercent, mode, OfPeak: true, Payout: PayoutEffect.LiftsToInitial));

        var state = LossState.Start(terms).Followed(terms, balance, balance).AfterPayout(terms, 1_000m);

        Assert.Equal(floor, state.OverallFloor);
        Assert.Equal(floor, state.DayEnded(terms, 0m).DayStarted(terms, 0m, 0m).OverallFloor);
    }

    [Fact]
    public void A_payout_leaves_the_floor_where_it_was_unless_the_rule_says_otherwise()
    {
        var terms = Overall(new OverallLossRule(TenPercent, OverallMode.TrailingBalance));
        var before = LossState.Start(terms).Followed(terms, 110_000m, 110_000m);

        Assert.Equal(before, before.AfterPayout(terms, 10_000m));
    }

    [Theory]
    [InlineData(DailyAnchor.Initial, 100_000)]
    [InlineData(DailyAnchor.Balance, 104_000)]
    [InlineData(DailyAnchor.Equity, 103_000)]
    [InlineData(DailyAnchor.Higher, 104_000)]
    public void The_anchor_is_taken_at_the_days_start(DailyAnchor anchor, int expected)
    {
        var terms = new LossTerms(100_000m, new DailyLossRule(new Allowance(null, 5_000m), anchor), null);

        var state = LossState.Start(terms).DayStarted(terms, balance: 104_000m, equity: 103_000m);

        Assert.Equal((expected, expected - 5_000m), (state.Anchor, state.DailyFloor));
        Assert.Equal(95_000m, LossState.Start(terms).DailyFloor);
    }

    [Fact]
    public void Floors_are_exact_and_never_rounded()
    {
        var terms = new LossTerms(100_000m, new DailyLossRule(new Allowance(new Percent(4.25m), null), OfAnchor: true), null);

        var state = LossState.Start(terms).DayStarted(terms, 100_000.01m, 0m);

        Assert.Equal(95_750.009575m, state.DailyFloor);
        Assert.Null(state.Crossed(terms, 95_750.009575m, withDaily: true));
        Assert.NotNull(state.Crossed(terms, 95_750.009574m, withDaily: true));
    }

    [Theory]
    [InlineData(2, 3, BreachEffect.Fail, LossRule.DailyLoss)]
    [InlineData(3, 2, BreachEffect.Fail, LossRule.OverallLoss)]
    [InlineData(3, 3, BreachEffect.Fail, LossRule.OverallLoss)]
    [InlineData(2, 3, BreachEffect.Pause, LossRule.OverallLoss)]
    public void With_both_crossed_the_higher_floor_is_the_verdict(int daily, int overall, BreachEffect effect, LossRule verdict)
    {
        var terms = new LossTerms(
            100_000m,
            new DailyLossRule(new Allowance(new Percent(daily), null), Effect: effect),
            new OverallLossRule(new Allowance(new Percent(overall), null)));

        Assert.Equal(verdict, LossState.Start(terms).Crossed(terms, 90_000m, withDaily: true)!.Value.Rule);
    }

    [Fact]
    public void Without_rules_there_is_no_floor_and_no_room()
    {
        var terms = new LossTerms(100_000m, null, null);
        var state = LossState.Start(terms);

        Assert.Null(state.Floor);
        Assert.Null(state.Room(1m));
        Assert.Null(state.Crossed(terms, -1m, withDaily: true));
    }

    private static LossTerms Overall(OverallLossRule rule) => new(100_000m, null, rule);
}
