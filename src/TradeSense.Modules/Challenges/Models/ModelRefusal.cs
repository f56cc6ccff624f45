namespace TradeSense.Modules.Challenges.Models;

/// <summary>Why a model cannot be published. Where a refusal belongs to one phase or size, the check that finds it names the field.</summary>
public static class ModelRefusal
{
    public static Refusal NameMissing { get; } = new("model.name_missing", "Name");
    public static Refusal NameTaken { get; } = new("model.name_taken", "Name");
    public static Refusal SummaryLong { get; } = new("model.summary_long", "Summary");
    public static Refusal TimeZoneUnknown { get; } = new("model.time_zone_unknown", "TimeZone");
    public static Refusal TooManyPhases { get; } = new("model.too_many_phases", "Phases");
    public static Refusal PhaseNameMissing { get; } = new("model.phase_name_missing");
    public static Refusal TargetMissing { get; } = new("model.target_missing");
    public static Refusal TargetRange { get; } = new("model.target_range");
    public static Refusal FundedTarget { get; } = new("model.funded_target");
    public static Refusal DaysRange { get; } = new("model.days_range");
    public static Refusal TimeLimitRange { get; } = new("model.time_limit_range");
    public static Refusal TimeLimitShort { get; } = new("model.time_limit_short");
    public static Refusal ConsistencyRange { get; } = new("model.consistency_range");
    public static Refusal ConsistencyImpossible { get; } = new("model.consistency_impossible");
    public static Refusal AllowanceMissing { get; } = new("model.allowance_missing");
    public static Refusal AllowanceBoth { get; } = new("model.allowance_both");
    public static Refusal AllowancePercentRange { get; } = new("model.allowance_percent_range");
    public static Refusal AllowanceAmountRange { get; } = new("model.allowance_amount_range");
    public static Refusal AllowanceAboveSize { get; } = new("model.allowance_above_size");
    public static Refusal AmountOfAnchor { get; } = new("model.amount_of_anchor");
    public static Refusal DailyAboveOverall { get; } = new("model.daily_above_overall");
    public static Refusal PauseAtDayEnd { get; } = new("model.pause_at_day_end");
    public static Refusal StaticPeak { get; } = new("model.static_peak");
    public static Refusal StaticLock { get; } = new("model.static_lock");
    public static Refusal StaticPayout { get; } = new("model.static_payout");
    public static Refusal LockOffsetRange { get; } = new("model.lock_offset_range");
    public static Refusal LockOffsetAlone { get; } = new("model.lock_offset_alone");
    public static Refusal LeverageRange { get; } = new("model.leverage_range", "Leverage");
    public static Refusal StopOutRange { get; } = new("model.stop_out_range", "StopOut");
    public static Refusal MarkupRange { get; } = new("model.markup_range", "SpreadMarkupPoints");
    public static Refusal CommissionRange { get; } = new("model.commission_range", "CommissionFactor");
    public static Refusal InactivityRange { get; } = new("model.inactivity_range", "InactivityDays");
    public static Refusal OvernightFeeRange { get; } = new("model.overnight_fee_range", "OvernightFee");
    public static Refusal OvernightFeeAlone { get; } = new("model.overnight_fee_alone", "OvernightFee");
    public static Refusal ClassLeverageRange { get; } = new("model.class_leverage_range", "MetalsLeverage");
    public static Refusal ClassMarkupRange { get; } = new("model.class_markup_range", "MetalsMarkup");
    public static Refusal LotsRange { get; } = new("model.lots_range");
    public static Refusal OrderLotsAboveOpen { get; } = new("model.order_lots_above_open", "MaximumOrderLots");
    public static Refusal CountRange { get; } = new("model.count_range");
    public static Refusal NewsMinutesRange { get; } = new("model.news_minutes_range", "NewsMinutesBefore");
    public static Refusal NewsCountedRange { get; } = new("model.news_counted_range", "NewsCounted");
    public static Refusal CoinsAlone { get; } = new("model.coins_alone", "CoinsAtWeekends");
    public static Refusal ProfitableDayRange { get; } = new("model.profitable_day_range");
    public static Refusal ProfitableDayAlone { get; } = new("model.profitable_day_alone");
    public static Refusal FirstPayoutRange { get; } = new("model.first_payout_range", "FirstAfterDays");
    public static Refusal CycleRange { get; } = new("model.cycle_range", "CycleDays");
    public static Refusal MinimumPayoutRange { get; } = new("model.minimum_payout_range", "MinimumPayout");
    public static Refusal SplitRange { get; } = new("model.split_range", "Split");
    public static Refusal SplitStepRange { get; } = new("model.split_step_range", "SplitStep");
    public static Refusal SplitCapRange { get; } = new("model.split_cap_range", "SplitCap");
    public static Refusal DiscountRange { get; } = new("model.discount_range", "ResetDiscount");
    public static Refusal SizesMissing { get; } = new("model.sizes_missing", "Sizes");
    public static Refusal SizeRange { get; } = new("model.size_range");
    public static Refusal SizeTwice { get; } = new("model.size_twice");
    public static Refusal PriceRange { get; } = new("model.price_range");
    public static Refusal Unchanged { get; } = new("model.unchanged");
    public static Refusal Unknown { get; } = new("model.unknown");

    public static Refusal At(this Refusal refusal, string field, params object[] arguments) => refusal with { Field = field, Arguments = arguments };
}
