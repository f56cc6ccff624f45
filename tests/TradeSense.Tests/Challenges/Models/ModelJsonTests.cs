using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Challenges.Models;

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
    public void Further_rules_read_back_and_fill_the_builders_form_without_loss()
    {
        var rules = new TradingRules
        {
            Netting = true, OvernightFee = 5.5m, LeverageOf = new ClassLeverage(30, 20, null, 2), MarkupOf = new ClassMarkup(1, 30, null, 0), MaximumOrderLots = 5, MaximumOpenLots = 10, MaximumPositions = 3, MaximumTradesPerDay = 20,
            News = new NewsRule(5, 10, NewsEffect.Reduce, new Percent(40)), CoinsAtWeekends = true, ClosesOvernight = true, GuardsStopLoss = true,
        };
        var model = SampleModel.Make().WithPhase(phase => phase with { ProfitableDay = new Percent(0.5m) });
        model = model with { Trading = model.Trading with { SwapFree = true, WeekendHolding = false, Rules = rules } };

        var text = ModelJson.Canonical(model);
        var typed = ModelDraft.From(ModelJson.Parse(text)).Read(model.Currency);

        Assert.Equal(rules, ModelJson.Parse(text).Trading.Rules);
        Assert.Empty(typed.Refusals);
        Assert.Equal(text, ModelJson.Canonical(typed.Definition));
        Assert.Equal(rules with { ProfitableDay = new Percent(0.5m) }, model.TermsOf(0, 10_000m).Rules);
        Assert.Equal(rules, model.TermsOf(model.FundedIndex, 10_000m).Rules);
        Assert.DoesNotContain("netting", ModelJson.Canonical(SampleModel.Make()), StringComparison.Ordinal);
    }

    [Fact]
    public void Scaling_reads_back_fills_the_form_and_is_part_of_the_funded_accounts_terms_alone()
    {
        var model = SampleModel.Make() with { Scaling = SampleModel.Scaling };

        var text = ModelJson.Canonical(model);
        var typed = ModelDraft.From(ModelJson.Parse(text)).Read(model.Currency);

        Assert.Equal(SampleModel.Scaling, ModelJson.Parse(text).Scaling);
        Assert.Empty(typed.Refusals);
        Assert.Equal(text, ModelJson.Canonical(typed.Definition));
        Assert.Equal(SampleModel.Scaling, model.TermsOf(model.FundedIndex, 10_000m).Scaling);
        Assert.Null(model.TermsOf(0, 10_000m).Scaling);
        Assert.DoesNotContain("scaling", ModelJson.Canonical(SampleModel.Make()), StringComparison.Ordinal);
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
