using System.Globalization;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges.Rules;
using TradeSense.Modules.Risk;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Challenges.Rules;

/// <summary>
/// The examples' figures are replayed through the scenario runner, which the published worked examples hold to account: a text
/// whose number differs from what the rules decide fails here.
/// </summary>
public sealed class RuleBookTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    private static readonly DateTimeOffset FirstDay = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly TradingDay Day = new("UTC", new TimeOnly(0, 0));

    public static bool HasNoScenarios => !Directory.Exists(Repository.Shared("scenarios", "rules"));

    public static TheoryData<DailyLossRule> DailyRules =>
    [
        .. from anchor in Enum.GetValues<DailyAnchor>()
           from allowance in new[] { new Allowance(new Percent(5), null), new Allowance(new Percent(2.5m), null), new Allowance(null, 3_333.33m) }
           from ofAnchor in allowance.Amount is null ? new[] { false, true } : [false]
           from compare in Enum.GetValues<Comparison>()
           from check in new[] { (Evaluation.Tick, BreachEffect.Fail), (Evaluation.Tick, BreachEffect.Pause), (Evaluation.EndOfDay, BreachEffect.Fail), (Evaluation.EndOfDay, BreachEffect.Pause) }
           select new DailyLossRule(allowance, anchor, ofAnchor, compare, check.Item1, check.Item2),
    ];

    public static TheoryData<OverallLossRule> OverallRules =>
    [
        .. from mode in Enum.GetValues<OverallMode>()
           from allowance in new[] { new Allowance(new Percent(8), null), new Allowance(null, 3_333.33m) }
           from ofPeak in allowance.Amount is null && mode != OverallMode.Static ? new[] { false, true } : [false]
           from compare in Enum.GetValues<Comparison>()
           from locked in mode == OverallMode.Static ? new[] { (FloorLock.None, 0m) } : [(FloorLock.None, 0m), (FloorLock.Initial, 0m), (FloorLock.Initial, 100m), (FloorLock.Initial, -2_500m)]
           from payout in mode == OverallMode.Static ? new[] { PayoutEffect.Unchanged, PayoutEffect.LiftsToInitial } : Enum.GetValues<PayoutEffect>()
           select new OverallLossRule(allowance, mode, ofPeak, compare, locked.Item1, locked.Item2, payout),
    ];

    [Theory]
    [MemberData(nameof(DailyRules), DisableDiscoveryEnumeration = true)]
    public void The_daily_limit_is_told_with_the_numbers_the_rules_decide(DailyLossRule rule)
    {
        var text = Describe(rule, null).Single(text => text.Kind == RuleKind.DailyLoss);
        var (start, verdict) = (text.Example[0], text.Example[2]);

        var lines = Replay(new LossTerms(100_000m, rule, null),
            new(FirstDay, start.Balance!.Value - 100_000m, start.Equity - start.Balance, 0m, 1),
            new(FirstDay.AddDays(1), 0m, null, 0m, 0),
            new(FirstDay.AddDays(1).AddHours(1), 0m, text.Example[1].Equity - start.Balance, 0m, 0),
            new(FirstDay.AddDays(1).AddHours(2), 0m, verdict.Equity - start.Balance, 0m, 0),
            new(FirstDay.AddDays(2), 0m, null, 0m, 0));

        Assert.Equal(start.Floor, lines[1].Limits.DailyFloor);
        Assert.Equal(AccountStatus.Active, lines[2].State);
        Assert.Equal(rule.Evaluate == Evaluation.EndOfDay ? AccountStatus.Active : rule.Effect == BreachEffect.Pause ? AccountStatus.Paused : AccountStatus.Failed, lines[3].State);
        // A pause at the day's end is over with the same instant: what it leaves is the balance it closed at.
        var breach = rule is { Effect: BreachEffect.Pause, Evaluate: Evaluation.EndOfDay } ? new Breach(LossRule.DailyLoss, lines[3].Limits.DailyFloor!.Value, lines[4].Balance, default)
            : rule.Effect == BreachEffect.Pause ? lines[3].Breach! : lines[4].Breach!;
        Assert.Equal((verdict.Floor, verdict.Equity), (breach.Floor, breach.Equity));
        // A floor counted from the initial balance stays where it was, above what the pause left.
        if (rule.Effect == BreachEffect.Pause) Assert.Equal(rule is { Anchor: DailyAnchor.Initial, Evaluate: Evaluation.Tick } ? AccountStatus.Paused : AccountStatus.Active, lines[4].State);
        if (rule.Effect == BreachEffect.Pause) Assert.Equal((text.Example[3].Balance, text.Example[3].Floor), (lines[4].Balance, lines[4].Limits.DailyFloor));
        EveryFigureIsWritten(text);
    }

    [Theory]
    [MemberData(nameof(OverallRules), DisableDiscoveryEnumeration = true)]
    public void The_overall_limit_is_told_with_the_numbers_the_rules_decide(OverallLossRule rule)
    {
        var text = Describe(null, rule).Single(text => text.Kind == RuleKind.OverallLoss);
        var ends = text.Example.ToList().FindIndex(step => step.Words.EndsWith("the account ends.", StringComparison.Ordinal));

        var (balance, at, events) = (100_000m, FirstDay, new List<RuleScenario.Event>());
        foreach (var step in text.Example.Take(ends + 1))
        {
            // An end-of-day floor has moved by the time the step is told, so its profit is closed the day before.
            events.Add(new(at, step.Balance!.Value - balance, step.Equity - step.Balance, 0m, 1));
            if (rule.Mode == OverallMode.TrailingEndOfDay && step.Balance != balance) events.Add(new(at = at.AddDays(1), 0m, null, 0m, 0));
            (balance, at) = (step.Balance.Value, at.AddMinutes(1));
        }

        var lines = Replay(new LossTerms(100_000m, null, rule), [.. events]);

        var seen = lines.Where((_, i) => i == lines.Count - 1 || events[i + 1].At - events[i].At < TimeSpan.FromHours(1)).ToList();
        Assert.Equal(text.Example.Take(ends).Select(step => step.Floor), seen.Take(ends).Select(line => line.Limits.OverallFloor));
        Assert.All(seen.Take(ends), line => Assert.Equal(AccountStatus.Active, line.State));
        Assert.Equal((text.Example[ends].Floor, text.Example[ends].Equity), (lines[^1].Breach?.Floor, lines[^1].Breach?.Equity));
        EveryFigureIsWritten(text);
    }

    [Theory(Skip = "the worked examples (../shared/scenarios/rules) are not on this machine", SkipWhen = nameof(HasNoScenarios))]
    [InlineData(null)]
    public void Every_published_rule_can_be_told(string? unused)
    {
        Assert.Null(unused);
        foreach (var file in Directory.GetFiles(Repository.Shared("scenarios", "rules"), "*.json"))
        {
            var scenario = RuleScenarioReader.Read(File.ReadAllText(file), out _)!;
            var rules = RuleBook.Describe(Terms(scenario.Terms, scenario.TradingDay), English);

            Assert.Equal(scenario.Terms.Daily is not null, rules.Any(rule => rule.Kind == RuleKind.DailyLoss));
            Assert.Equal(scenario.Terms.Overall is not null, rules.Any(rule => rule.Kind == RuleKind.OverallLoss));
            Assert.All(rules, EveryFigureIsWritten);
        }
    }

    [Fact]
    public void The_example_reads_as_a_person_would_say_it()
    {
        var text = Describe(new DailyLossRule(new Allowance(new Percent(5), null)), null).Single(text => text.Kind == RuleKind.DailyLoss);

        Assert.Equal("5% ($5,000)", text.Short);
        Assert.Equal(
            "When the trading day starts, at 00:00 UTC, your balance is noted: closed trades only, open ones do not count. That day your equity, open trades included, " +
            "must not fall below that figure less 5% of the initial balance ($5,000). It is checked on every price. Crossing it ends the account.", text.Words);
        Assert.Equal(
            [
                "Your balance is $102,000 at the start of the day: the floor is $97,000.", "At an equity of $97,000 you may trade on.",
                "At an equity of $96,999.99 the account ends.",
            ], text.Example.Select(step => step.Words));
    }

    [Fact]
    public void Target_and_consistency_are_told_with_the_figures_the_engine_passes_a_phase_by()
    {
        var terms = Terms(new LossTerms(33_333m, null, null), Day) with { ProfitTarget = new Percent(7.5m), Consistency = new Percent(30) };
        var rules = RuleBook.Describe(terms, English);

        var goal = rules.Single(rule => rule.Kind == RuleKind.ProfitTarget).Example[0].Balance!.Value;
        Assert.True(PhaseGoal.IsMet(terms, goal, 10_000m, 3, 0m));
        Assert.False(PhaseGoal.IsMet(terms, goal - 0.01m, 10_000m, 3, 0m));
        Assert.Contains("$4,166.63", rules.Single(rule => rule.Kind == RuleKind.Consistency).Example[0].Words, StringComparison.Ordinal);
        Assert.True(PhaseGoal.IsConsistent(terms, 4_166.63m, 1_249.9875m));
        Assert.False(PhaseGoal.IsConsistent(terms, 4_166.62m, 1_249.9875m));
    }

    [Fact]
    public void A_pause_at_the_end_of_the_day_reads_as_what_happens_then()
    {
        var text = Describe(new DailyLossRule(new Allowance(new Percent(5), null), Evaluate: Evaluation.EndOfDay, Effect: BreachEffect.Pause), null).Single(text => text.Kind == RuleKind.DailyLoss);

        Assert.EndsWith("If it is crossed then, your positions are closed and your waiting orders cancelled; the account goes on with the new trading day.", text.Words, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Your balance is $102,000 at the start of the day: the floor is $97,000.", "If the day ends at an equity of $97,000 nothing happens.",
                "If it ends at $96,999.99 your positions are closed at that.", "The new day starts from $96,999.99 and its floor is $91,999.99.",
            ], text.Example.Select(step => step.Words));
    }

    [Fact]
    public void A_lock_below_the_initial_balance_is_told_with_the_floor_it_leaves()
    {
        var rule = new OverallLossRule(new Allowance(new Percent(8), null), OverallMode.TrailingBalance, Lock: FloorLock.Initial, LockOffset: -2_000m);
        var text = Describe(null, rule).Single(text => text.Kind == RuleKind.OverallLoss);

        Assert.Contains("The floor rises no higher than $98,000.", text.Words, StringComparison.Ordinal);
        Assert.Equal(98_000m, text.Example.Single(step => step.Path == 1).Floor);
    }

    [Fact]
    public void Where_news_leaves_profit_out_of_the_target_consistency_says_so_too()
    {
        var terms = Terms(new LossTerms(100_000m, null, null), Day) with { Rules = new TradingRules { News = new NewsRule(5, 5, NewsEffect.Reduce, new Percent(50)), ProfitableDay = new Percent(1) } };
        var rules = RuleBook.Describe(terms, English);

        Assert.EndsWith("Profit that the rule about news leaves out is part of neither.", rules.Single(rule => rule.Kind == RuleKind.Consistency).Words, StringComparison.Ordinal);
        Assert.EndsWith("Profit that the rule about news leaves out makes no day count.", rules.Single(rule => rule.Kind == RuleKind.TradingDays).Words, StringComparison.Ordinal);
        Assert.Contains("with 50% of its profit towards passing", rules.Single(rule => rule.Kind == RuleKind.News).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payout_that_lifts_the_floor_is_shown_with_the_floor_it_leaves()
    {
        var rule = new OverallLossRule(new Allowance(new Percent(8), null), OverallMode.TrailingEndOfDay, Lock: FloorLock.Initial, Payout: PayoutEffect.LiftsToInitial);
        var text = Describe(null, rule, target: null).Single(text => text.Kind == RuleKind.OverallLoss);

        Assert.Contains("The first payout lifts the floor to the initial balance for good.", text.Words, StringComparison.Ordinal);
        Assert.Equal(100_000m, text.Example[^1].Floor);
    }

    [Fact]
    public void Figures_follow_the_brands_culture_and_currency()
    {
        var model = SampleModel.Make() with { Currency = Currency.Eur };

        var german = RuleBook.Describe(model, 0, 100_000m, CultureInfo.GetCultureInfo("de-DE"));
        var british = RuleBook.Describe(model with { Currency = Currency.Gbp }, 0, 100_000m, CultureInfo.GetCultureInfo("en-GB"));

        Assert.Matches("at an equity of 96\\.999,99\\s€", german.Single(rule => rule.Kind == RuleKind.DailyLoss).Example[2].Words.ToLowerInvariant());
        Assert.Contains("£96,999.99", british.Single(rule => rule.Kind == RuleKind.DailyLoss).Example[2].Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Scaling_is_told_with_the_sizes_and_floors_the_engine_gives()
    {
        var text = RuleBook.Describe(SampleModel.Make() with { Scaling = SampleModel.Scaling }, 2, 100_000m, English).Single(rule => rule.Kind == RuleKind.Scaling);

        Assert.Equal("× 1.4, up to $4,000,000", text.Short);
        Assert.StartsWith("After 4 profitable calendar months in a row that bring together at least 10% of the account's size, and 2 paid payouts, the account grows to 1.4 times its size, to $4,000,000 at most.", text.Words, StringComparison.Ordinal);
        Assert.Equal(
            [
                "4 profitable months that bring $10,000 together: an account of $100,000 grows to $140,000; with $9,999.99 it stays.",
                "From a balance of $102,000 with the floor at $97,000 it goes on with $142,000 and the floor at $135,000: the room is $7,000, before it was $5,000.",
                "Having grown 11 times it stands at $4,000,000 and grows no further.",
            ], text.Example.Select(step => step.Words));
        Assert.DoesNotContain(RuleBook.Describe(SampleModel.Make(), 2, 100_000m, English), rule => rule.Kind == RuleKind.Scaling);
        EveryFigureIsWritten(text);
    }

    [Fact]
    public void A_funded_account_has_no_target_and_tells_its_payouts()
    {
        var kinds = RuleBook.Describe(SampleModel.Make(), 2, 100_000m, English).Select(rule => rule.Kind).ToList();

        Assert.DoesNotContain(RuleKind.ProfitTarget, kinds);
        Assert.Contains(RuleKind.Payout, kinds);
        Assert.Contains(RuleKind.Split, kinds);
    }

    private static IReadOnlyList<RuleText> Describe(DailyLossRule? daily, OverallLossRule? overall, decimal? target = 10) =>
        RuleBook.Describe(Terms(new LossTerms(100_000m, daily, overall), Day) with { ProfitTarget = target is { } percent ? new Percent(percent) : null }, English);

    private static AccountTerms Terms(LossTerms loss, TradingDay day) => new(
        Currency.Usd, loss.InitialBalance, day, loss.Daily, loss.Overall, new Percent(10), 3, 60, 30, new Percent(40), 100, new Percent(50), 0, 1m, false, true);

    private static List<RuleScenarioRun.Line> Replay(LossTerms terms, params RuleScenario.Event[] events) =>
        [.. RuleScenarioRun.Lines(new RuleScenario(terms, Day, events[0].At, events, []))];

    /// <summary>Each step's words hold the step's equity or floor as the brand writes it.</summary>
    private static void EveryFigureIsWritten(RuleText text)
    {
        var figures = new Figures(English, Currency.Usd);
        Assert.All(text.Example.Where(step => step.Floor is not null), step => Assert.True(
            step.Words.Contains(figures.Money(step.Floor!.Value), StringComparison.Ordinal) || step.Words.Contains(figures.Money(step.Equity!.Value), StringComparison.Ordinal), step.Words));
    }
}
