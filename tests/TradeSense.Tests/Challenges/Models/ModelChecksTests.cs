using System.Globalization;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Models;
using TradeSense.Modules.Challenges.Rules;

namespace TradeSense.Tests.Challenges.Models;

public sealed class ModelChecksTests
{
    [Fact]
    public void A_sound_model_is_not_refused() => Assert.Empty(ModelChecks.Of(SampleModel.Make()));

    [Fact]
    public void A_model_whose_funded_accounts_grow_is_sound() => Assert.Empty(ModelChecks.Of(SampleModel.Make() with { Scaling = SampleModel.Scaling }));

    [Fact]
    public void A_model_without_phases_is_instant_funding_and_sound() => Assert.Empty(ModelChecks.Of(SampleModel.Make() with { Phases = [] }));

    [Fact]
    public void A_model_without_an_inactivity_limit_is_sound_and_says_so()
    {
        var model = SampleModel.Make() with { Trading = SampleModel.Make().Trading with { InactivityDays = 0 } };

        Assert.Empty(ModelChecks.Of(model));
        var told = RuleBook.Describe(model, 0, 10_000m, CultureInfo.GetCultureInfo("en-US")).Single(rule => rule.Kind == RuleKind.Inactivity);
        Assert.Equal(("none", "An account is never closed because nobody trades it."), (told.Short, told.Words));
    }

    [Fact]
    public void A_pause_at_the_days_end_and_a_lock_below_the_initial_balance_are_sound()
    {
        Assert.Empty(ModelChecks.Of(Daily(rule => rule with { Effect = BreachEffect.Pause, Evaluate = Evaluation.EndOfDay })(SampleModel.Make())));
        Assert.Empty(ModelChecks.Of(Overall(rule => rule with { Mode = OverallMode.TrailingBalance, Lock = FloorLock.Initial, LockOffset = -1_000m })(SampleModel.Make())));
    }

    public static TheoryData<string, string, Func<ModelDefinition, ModelDefinition>> Contradictions => new()
    {
        { "model.name_missing", "Name", model => model with { Name = "  " } },
        { "model.summary_long", "Summary", model => model with { Summary = new string('x', 241) } },
        { "model.time_zone_unknown", "TimeZone", model => model with { TradingDay = new TradingDay("Moon/Crater", default) } },
        { "model.too_many_phases", "Phases", model => model with { Phases = [.. model.Phases, .. model.Phases] } },
        { "model.phase_name_missing", "Phases[0].Name", model => model.WithPhase(phase => phase with { Name = "" }) },
        { "model.target_missing", "Phases[0].ProfitTarget", model => model.WithPhase(phase => phase with { ProfitTarget = null }) },
        { "model.target_range", "Phases[0].ProfitTarget", model => model.WithPhase(phase => phase with { ProfitTarget = new Percent(-8) }) },
        { "model.target_range", "Phases[0].ProfitTarget", model => model.WithPhase(phase => phase with { ProfitTarget = new Percent(0) }) },
        { "model.funded_target", "Funded.ProfitTarget", model => model with { Funded = model.Funded with { ProfitTarget = new Percent(8) } } },
        { "model.days_range", "Phases[0].MinimumTradingDays", model => model.WithPhase(phase => phase with { MinimumTradingDays = -1 }) },
        { "model.time_limit_range", "Phases[0].MaximumDays", model => model.WithPhase(phase => phase with { MaximumDays = 0 }) },
        { "model.time_limit_short", "Phases[0].MaximumDays", model => model.WithPhase(phase => phase with { MaximumDays = 4 }) },
        { "model.consistency_range", "Phases[0].Consistency", model => model.WithPhase(phase => phase with { Consistency = new Percent(0) }) },
        { "model.consistency_impossible", "Phases[0].Consistency", model => model.WithPhase(phase => phase with { Consistency = new Percent(10), MaximumDays = 9 }) },
        { "model.allowance_missing", "Phases[0].DailyLoss.Percent", Daily(rule => rule with { Allowance = new Allowance(null, null) }) },
        { "model.allowance_both", "Phases[0].DailyLoss.Amount", Daily(rule => rule with { Allowance = new Allowance(new Percent(5), 500) }) },
        { "model.allowance_percent_range", "Phases[0].OverallLoss.Percent", Overall(rule => rule with { Allowance = new Allowance(new Percent(100), null) }) },
        { "model.allowance_amount_range", "Phases[0].DailyLoss.Amount", Daily(rule => rule with { Allowance = new Allowance(null, 0) }) },
        { "model.allowance_above_size", "Phases[0].OverallLoss.Amount", Overall(rule => rule with { Allowance = new Allowance(null, 10_000) }) },
        { "model.amount_of_anchor", "Phases[0].DailyLoss.Of", Daily(rule => rule with { Allowance = new Allowance(null, 500), OfAnchor = true }) },
        { "model.daily_above_overall", "Phases[0].DailyLoss.Percent", Daily(rule => rule with { Allowance = new Allowance(new Percent(11), null) }) },
        { "model.daily_above_overall", "Phases[0].DailyLoss.Amount", Daily(rule => rule with { Allowance = new Allowance(null, 1_001) }) },
        { "model.static_peak", "Phases[0].OverallLoss.Of", Overall(rule => rule with { OfPeak = true }) },
        { "model.static_lock", "Phases[0].OverallLoss.Lock", Overall(rule => rule with { Lock = FloorLock.Initial }) },
        { "model.static_payout", "Phases[0].OverallLoss.Payout", Overall(rule => rule with { Payout = PayoutEffect.LowersPeak }) },
        { "model.lock_offset_range", "Phases[0].OverallLoss.LockOffset", Overall(rule => rule with { Mode = OverallMode.TrailingBalance, Lock = FloorLock.Initial, LockOffset = -1_000.01m }) },
        { "model.lock_offset_alone", "Phases[0].OverallLoss.LockOffset", Overall(rule => rule with { LockOffset = 100 }) },
        { "model.lock_offset_alone", "Phases[0].OverallLoss.LockOffset", Overall(rule => rule with { LockOffset = -100 }) },
        { "model.leverage_range", "Leverage", Trading(terms => terms with { Leverage = 0 }) },
        { "model.stop_out_range", "StopOut", Trading(terms => terms with { StopOut = new Percent(100) }) },
        { "model.markup_range", "SpreadMarkupPoints", Trading(terms => terms with { SpreadMarkupPoints = -1 }) },
        { "model.commission_range", "CommissionFactor", Trading(terms => terms with { CommissionFactor = -1 }) },
        { "model.inactivity_range", "InactivityDays", Trading(terms => terms with { InactivityDays = -1 }) },
        { "model.inactivity_range", "InactivityDays", Trading(terms => terms with { InactivityDays = 3651 }) },
        { "model.overnight_fee_range", "OvernightFee", Rules(rules => rules with { OvernightFee = -1 }, swapFree: true) },
        { "model.overnight_fee_alone", "OvernightFee", Rules(rules => rules with { OvernightFee = 5 }) },
        { "model.class_leverage_range", "MetalsLeverage", Rules(rules => rules with { LeverageOf = new ClassLeverage(Coins: 0) }) },
        { "model.class_markup_range", "MetalsMarkup", Rules(rules => rules with { MarkupOf = new ClassMarkup(Coins: -1) }) },
        { "model.lots_range", "MaximumOrderLots", Rules(rules => rules with { MaximumOrderLots = 0 }) },
        { "model.lots_range", "MaximumOpenLots", Rules(rules => rules with { MaximumOpenLots = -1 }) },
        { "model.order_lots_above_open", "MaximumOrderLots", Rules(rules => rules with { MaximumOrderLots = 5, MaximumOpenLots = 4 }) },
        { "model.count_range", "MaximumPositions", Rules(rules => rules with { MaximumPositions = 0 }) },
        { "model.count_range", "MaximumTradesPerDay", Rules(rules => rules with { MaximumTradesPerDay = 0 }) },
        { "model.news_minutes_range", "NewsMinutesBefore", Rules(rules => rules with { News = new NewsRule(0, 0, NewsEffect.Block, default) }) },
        { "model.news_counted_range", "NewsCounted", Rules(rules => rules with { News = new NewsRule(5, 5, NewsEffect.Reduce, new Percent(100)) }) },
        { "model.coins_alone", "CoinsAtWeekends", Rules(rules => rules with { CoinsAtWeekends = true }) },
        { "model.profitable_day_range", "Phases[0].ProfitableDay", model => model.WithPhase(phase => phase with { ProfitableDay = new Percent(0) }) },
        { "model.profitable_day_alone", "Phases[0].ProfitableDay", model => model.WithPhase(phase => phase with { ProfitableDay = new Percent(1), MinimumTradingDays = 0 }) },
        { "model.first_payout_range", "FirstAfterDays", Payout(terms => terms with { FirstAfterDays = -1 }) },
        { "model.cycle_range", "CycleDays", Payout(terms => terms with { CycleDays = 0 }) },
        { "model.minimum_payout_range", "MinimumPayout", Payout(terms => terms with { Minimum = 0.001m }) },
        { "model.split_range", "Split", Payout(terms => terms with { Split = new Percent(101), SplitCap = new Percent(101) }) },
        { "model.split_step_range", "SplitStep", Payout(terms => terms with { SplitStep = new Percent(-5) }) },
        { "model.split_cap_range", "SplitCap", Payout(terms => terms with { SplitCap = new Percent(75) }) },
        { "model.scaling_months_range", "Scaling.Months", Scaling(terms => terms with { Months = 0 }) },
        { "model.scaling_profit_range", "Scaling.Profit", Scaling(terms => terms with { Profit = new Percent(-1) }) },
        { "model.scaling_payouts_range", "Scaling.PaidPayouts", Scaling(terms => terms with { PaidPayouts = -1 }) },
        { "model.scaling_factor_range", "Scaling.Factor", Scaling(terms => terms with { Factor = 1m }) },
        { "model.scaling_factor_range", "Scaling.Factor", Scaling(terms => terms with { Factor = 1.405m }) },
        { "model.scaling_cap_range", "Scaling.Cap", Scaling(terms => terms with { Cap = 100_000m }) },
        { "model.scaling_split_range", "Scaling.Split", Scaling(terms => terms with { Split = new Percent(79) }) },
        { "model.discount_range", "ResetDiscount", model => model with { ResetDiscount = new Percent(101) } },
        { "model.sizes_missing", "Sizes", model => model with { Sizes = [] } },
        { "model.size_range", "Sizes[0].Balance", model => model with { Sizes = [new SizePrice(0, 10)] } },
        { "model.size_twice", "Sizes[1].Balance", model => model with { Sizes = [new SizePrice(5000, 10), new SizePrice(5000, 20)] } },
        { "model.price_range", "Sizes[0].Price", model => model with { Sizes = [new SizePrice(5000, -1)] } },
        { "model.price_range", "Sizes[0].Price", model => model with { Sizes = [new SizePrice(5000, 9.999m)] } },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_contradiction_is_refused_beside_its_field(string code, string field, Func<ModelDefinition, ModelDefinition> change)
    {
        var refusals = ModelChecks.Of(change(SampleModel.Make()));

        Assert.Contains(refusals, refusal => refusal.Code == code && refusal.Field == field);
    }

    [Fact]
    public void Every_contradiction_is_named_at_once()
    {
        var model = SampleModel.Make() with { Name = "", Sizes = [] };

        Assert.Equal(["model.name_missing", "model.sizes_missing"], ModelChecks.Of(model).Select(refusal => refusal.Code));
    }

    private static Func<ModelDefinition, ModelDefinition> Daily(Func<DailyLossRule, DailyLossRule> change) =>
        model => model.WithPhase(phase => phase with { DailyLoss = change(phase.DailyLoss!) });

    private static Func<ModelDefinition, ModelDefinition> Overall(Func<OverallLossRule, OverallLossRule> change) =>
        model => model.WithPhase(phase => phase with { OverallLoss = change(phase.OverallLoss!) });

    private static Func<ModelDefinition, ModelDefinition> Rules(Func<TradingRules, TradingRules> change, bool swapFree = false) =>
        model => model with { Trading = model.Trading with { SwapFree = swapFree, Rules = change(new TradingRules()) } };

    private static Func<ModelDefinition, ModelDefinition> Trading(Func<TradingTerms, TradingTerms> change) => model => model with { Trading = change(model.Trading) };

    private static Func<ModelDefinition, ModelDefinition> Scaling(Func<ScalingTerms, ScalingTerms> change) => model => model with { Scaling = change(SampleModel.Scaling) };

    private static Func<ModelDefinition, ModelDefinition> Payout(Func<PayoutTerms, PayoutTerms> change) => model => model with { Payout = change(model.Payout) };
}
