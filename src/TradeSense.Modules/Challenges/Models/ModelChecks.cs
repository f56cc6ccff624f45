using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>Finds every contradiction in a model before anybody buys it: each a refusal beside the field it concerns.</summary>
public static class ModelChecks
{
    private const int MostPhases = 3, MostDays = 3650;
    private const decimal GreatestSize = 100_000_000m, GreatestPrice = 1_000_000m, GreatestLots = 100_000m;

    /// <summary>All that is wrong, in the order of the form; empty when the model can be published.</summary>
    public static IReadOnlyList<Refusal> Of(ModelDefinition model)
    {
        IEnumerable<Refusal?> found =
        [
            When(model.Name.Trim().Length is 0 or > 60, ModelRefusal.NameMissing),
            When(model.Summary.Length > 240, ModelRefusal.SummaryLong),
            When(!TradingDayClock.Knows(model.TradingDay.TimeZone), ModelRefusal.TimeZoneUnknown),
            When(model.Phases.Count > MostPhases, ModelRefusal.TooManyPhases.With(MostPhases)),
            .. model.Phases.SelectMany((phase, i) => Phase(phase, $"Phases[{i}]", model)),
            When(model.Funded.ProfitTarget is not null, ModelRefusal.FundedTarget.At("Funded.ProfitTarget")),
            .. Losses(model.Funded, "Funded", model),
            .. Trading(model.Trading),
            .. Payout(model),
            .. model.Scaling is { } scaling ? Scaling(scaling, model) : [],
            .. Sizes(model),
        ];
        return [.. found.OfType<Refusal>()];
    }

    private static IEnumerable<Refusal?> Phase(PhaseDefinition phase, string at, ModelDefinition model)
    {
        yield return When(phase.Name.Trim().Length is 0 or > 40, ModelRefusal.PhaseNameMissing.At($"{at}.Name"));
        yield return phase.ProfitTarget is { } target
            ? When(target.Value is <= 0 or > 100, ModelRefusal.TargetRange.At($"{at}.ProfitTarget"))
            : ModelRefusal.TargetMissing.At($"{at}.ProfitTarget");
        yield return When(phase.MinimumTradingDays is < 0 or > MostDays, ModelRefusal.DaysRange.At($"{at}.MinimumTradingDays"));
        yield return When(phase.ProfitableDay is { Value: <= 0 or > 100 }, ModelRefusal.ProfitableDayRange.At($"{at}.ProfitableDay"));
        yield return When(phase is { ProfitableDay: not null, MinimumTradingDays: 0 }, ModelRefusal.ProfitableDayAlone.At($"{at}.ProfitableDay"));
        yield return When(phase.MaximumDays is < 1 or > MostDays, ModelRefusal.TimeLimitRange.At($"{at}.MaximumDays"));
        yield return When(phase.MaximumDays >= 1 && phase.MaximumDays < phase.MinimumTradingDays, ModelRefusal.TimeLimitShort.At($"{at}.MaximumDays", phase.MinimumTradingDays));

        if (phase.Consistency is { } share)
        {
            yield return When(share.Value is <= 0 or > 100, ModelRefusal.ConsistencyRange.At($"{at}.Consistency"));
            // No day above p of the whole needs at least 1 ÷ p days: 40 % needs three.
            var daysNeeded = share.Value is > 0 and <= 100 ? decimal.Ceiling(100m / share.Value) : 0m;
            yield return When(phase.MaximumDays < daysNeeded, ModelRefusal.ConsistencyImpossible.At($"{at}.Consistency", daysNeeded));
        }

        foreach (var refusal in Losses(phase, at, model)) yield return refusal;
    }

    private static IEnumerable<Refusal?> Losses(PhaseDefinition phase, string at, ModelDefinition model)
    {
        if (phase.DailyLoss is { } daily)
        {
            yield return Allowed(daily.Allowance, $"{at}.DailyLoss", model);
            yield return When(daily is { OfAnchor: true, Allowance.Amount: not null }, ModelRefusal.AmountOfAnchor.At($"{at}.DailyLoss.Of"));
        }

        if (phase.OverallLoss is { } overall)
        {
            yield return Allowed(overall.Allowance, $"{at}.OverallLoss", model);
            var isStatic = overall.Mode == OverallMode.Static;
            yield return When(isStatic && overall.OfPeak, ModelRefusal.StaticPeak.At($"{at}.OverallLoss.Of"));
            yield return When(isStatic && overall.Lock != FloorLock.None, ModelRefusal.StaticLock.At($"{at}.OverallLoss.Lock"));
            yield return When(isStatic && overall.Payout == PayoutEffect.LowersPeak, ModelRefusal.StaticPayout.At($"{at}.OverallLoss.Payout"));
            yield return LockBelowStart(overall, $"{at}.OverallLoss.LockOffset", model);
            yield return When(overall.LockOffset != 0 && overall.Lock == FloorLock.None, ModelRefusal.LockOffsetAlone.At($"{at}.OverallLoss.LockOffset"));
        }

        yield return DailyAgainstOverall(phase, at, model);
    }

    /// <summary>The floor starts at the allowance below the initial balance. A lock under that would hold it lower than the loss that is said to be allowed.</summary>
    private static Refusal? LockBelowStart(OverallLossRule rule, string field, ModelDefinition model)
    {
        if (rule is not { Lock: FloorLock.Initial, LockOffset: < 0 } || model.Sizes.Count == 0) return null;
        var least = model.Sizes.Min(size => AmountOf(rule.Allowance, size.Balance));
        return When(-rule.LockOffset > least, ModelRefusal.LockOffsetRange.At(field, least));
    }

    private static Refusal? DailyAgainstOverall(PhaseDefinition phase, string at, ModelDefinition model)
    {
        if (phase is not { DailyLoss.Allowance: var daily, OverallLoss.Allowance: var overall }) return null;
        return When(
            model.Sizes.Any(size => AmountOf(daily, size.Balance) > AmountOf(overall, size.Balance)),
            ModelRefusal.DailyAboveOverall.At($"{at}.DailyLoss.{(daily.Amount is null ? "Percent" : "Amount")}"));
    }

    private static Refusal? Allowed(Allowance allowance, string at, ModelDefinition model) => allowance switch
    {
        { Percent: null, Amount: null } => ModelRefusal.AllowanceMissing.At($"{at}.Percent"),
        { Percent: not null, Amount: not null } => ModelRefusal.AllowanceBoth.At($"{at}.Amount"),
        { Percent: { Value: <= 0 or >= 100 } } => ModelRefusal.AllowancePercentRange.At($"{at}.Percent"),
        { Amount: <= 0 } => ModelRefusal.AllowanceAmountRange.At($"{at}.Amount"),
        { Amount: { } amount } when model.Sizes.Any(size => size.Balance > 0 && amount >= size.Balance) =>
            ModelRefusal.AllowanceAboveSize.At($"{at}.Amount", model.Sizes.Where(size => size.Balance > 0).Min(size => size.Balance)),
        _ => null,
    };

    private static IEnumerable<Refusal?> Trading(TradingTerms trading)
    {
        yield return When(trading.Leverage is < 1 or > 1000, ModelRefusal.LeverageRange);
        yield return When(trading.StopOut.Value is < 0 or >= 100, ModelRefusal.StopOutRange);
        yield return When(trading.SpreadMarkupPoints is < 0 or > 1000, ModelRefusal.MarkupRange);
        yield return When(trading.CommissionFactor is < 0 or > 10, ModelRefusal.CommissionRange);
        yield return When(trading.InactivityDays is < 0 or > MostDays, ModelRefusal.InactivityRange);
        if (trading.Rules is not { } rules) yield break;

        yield return When(rules.OvernightFee is < 0 or > 1000, ModelRefusal.OvernightFeeRange);
        yield return When(rules.OvernightFee is not null && !trading.SwapFree, ModelRefusal.OvernightFeeAlone);
        yield return When(
            rules.LeverageOf is { } of && ((int?[])[of.Currencies, of.Metals, of.Indices, of.Coins]).Any(each => each is < 1 or > 1000), ModelRefusal.ClassLeverageRange);
        yield return When(
            rules.MarkupOf is { } by && ((int?[])[by.Currencies, by.Metals, by.Indices, by.Coins]).Any(each => each is < 0 or > 1000), ModelRefusal.ClassMarkupRange);
        yield return When(rules.MaximumOrderLots is <= 0 or > GreatestLots, ModelRefusal.LotsRange.At("MaximumOrderLots"));
        yield return When(rules.MaximumOpenLots is <= 0 or > GreatestLots, ModelRefusal.LotsRange.At("MaximumOpenLots"));
        yield return When(rules.MaximumOrderLots > rules.MaximumOpenLots, ModelRefusal.OrderLotsAboveOpen);
        yield return When(rules.MaximumPositions is < 1 or > 10_000, ModelRefusal.CountRange.At("MaximumPositions"));
        yield return When(rules.MaximumTradesPerDay is < 1 or > 10_000, ModelRefusal.CountRange.At("MaximumTradesPerDay"));
        yield return When(rules.News is { MinutesBefore: < 0 or > 1440 } or { MinutesAfter: < 0 or > 1440 }, ModelRefusal.NewsMinutesRange);
        yield return When(rules.News is { MinutesBefore: 0, MinutesAfter: 0 }, ModelRefusal.NewsMinutesRange);
        yield return When(rules.News is { Effect: NewsEffect.Reduce, Counted.Value: < 0 or >= 100 }, ModelRefusal.NewsCountedRange);
        yield return When(rules.CoinsAtWeekends && trading.WeekendHolding, ModelRefusal.CoinsAlone);
    }

    private static IEnumerable<Refusal?> Payout(ModelDefinition model)
    {
        var payout = model.Payout;
        yield return When(payout.FirstAfterDays is < 0 or > MostDays, ModelRefusal.FirstPayoutRange);
        yield return When(payout.CycleDays is < 1 or > MostDays, ModelRefusal.CycleRange);
        yield return When(payout.Minimum is < 0 or > GreatestSize || HasFractions(payout.Minimum, model), ModelRefusal.MinimumPayoutRange);
        yield return When(payout.Split.Value is <= 0 or > 100, ModelRefusal.SplitRange);
        yield return When(payout.SplitStep.Value is < 0 or > 100, ModelRefusal.SplitStepRange);
        yield return When(payout.SplitCap < payout.Split || payout.SplitCap.Value > 100, ModelRefusal.SplitCapRange);
        yield return When(model.ResetDiscount.Value is < 0 or > 100, ModelRefusal.DiscountRange);
    }

    private static IEnumerable<Refusal?> Scaling(ScalingTerms scaling, ModelDefinition model)
    {
        yield return When(scaling.Months is < 1 or > 60, ModelRefusal.ScalingMonthsRange);
        yield return When(scaling.Profit.Value is < 0 or > 1000, ModelRefusal.ScalingProfitRange);
        yield return When(scaling.PaidPayouts is < 0 or > 100, ModelRefusal.ScalingPayoutsRange);
        yield return When(scaling.Factor is <= 1 or > 10 || scaling.Factor != decimal.Round(scaling.Factor, 2, MidpointRounding.ToZero), ModelRefusal.ScalingFactorRange);
        var largest = model.Sizes.Count == 0 ? 0m : model.Sizes.Max(size => size.Balance);
        yield return When(scaling.Cap <= largest || scaling.Cap > GreatestSize || HasFractions(scaling.Cap, model), ModelRefusal.ScalingCapRange.At("Scaling.Cap", largest));
        yield return When(scaling.Split < model.Payout.Split || scaling.Split.Value > 100, ModelRefusal.ScalingSplitRange);
    }

    private static IEnumerable<Refusal?> Sizes(ModelDefinition model)
    {
        yield return When(model.Sizes.Count == 0, ModelRefusal.SizesMissing);
        var seen = new HashSet<decimal>();
        foreach (var (size, i) in model.Sizes.Select((size, i) => (size, i)))
        {
            yield return When(size.Balance is <= 0 or > GreatestSize || HasFractions(size.Balance, model), ModelRefusal.SizeRange.At($"Sizes[{i}].Balance"));
            yield return When(!seen.Add(size.Balance), ModelRefusal.SizeTwice.At($"Sizes[{i}].Balance", size.Balance));
            yield return When(size.Price is < 0 or > GreatestPrice || HasFractions(size.Price, model), ModelRefusal.PriceRange.At($"Sizes[{i}].Price", model.Currency.MinorDigits));
        }
    }

    /// <summary>Digits below the currency's smallest unit.</summary>
    private static bool HasFractions(decimal amount, ModelDefinition model) =>
        amount != decimal.Round(amount, model.Currency.MinorDigits, MidpointRounding.ToZero);

    private static decimal AmountOf(Allowance allowance, decimal size) => allowance.Percent?.Of(size) ?? allowance.Amount ?? 0m;

    private static Refusal? When(bool wrong, Refusal refusal) => wrong ? refusal : null;
}
