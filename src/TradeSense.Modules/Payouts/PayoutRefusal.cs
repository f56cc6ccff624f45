namespace TradeSense.Modules.Payouts;

public static class PayoutRefusal
{
    public static Refusal NoAccount { get; } = new("payouts.no_account");
    public static Refusal AmountInvalid { get; } = new("payouts.amount_invalid", "Amount");
    public static Refusal AboveAvailable { get; } = new("payouts.above_available", "Amount");
    public static Refusal HolderMissing { get; } = new("payouts.holder_missing", "Holder");
    public static Refusal DestinationInvalid { get; } = new("payouts.destination_invalid", "Destination");
    public static Refusal KeyReused { get; } = new("payouts.key_reused");
    public static Refusal Unknown { get; } = new("payouts.unknown");
    public static Refusal NotUndecided { get; } = new("payouts.not_undecided");
    public static Refusal SecondPerson { get; } = new("payouts.second_person");
    public static Refusal LimitInvalid { get; } = new("payouts.limit_invalid", "Amount");
    public static Refusal LimitNeedsTwo { get; } = new("payouts.limit_needs_two", "Amount");
    public static Refusal ReasonMissing { get; } = new("payouts.reason_missing", "Reason");

    public static Refusal NotFunded { get; } = new("payouts.not_funded");
    public static Refusal NotSigned { get; } = new("payouts.not_signed");
    public static Refusal NotIdentified { get; } = new("payouts.not_identified");
    public static Refusal NotRunning { get; } = new("payouts.not_running");
    public static Refusal PositionOpen { get; } = new("payouts.position_open");
    public static Refusal TooEarly { get; } = new("payouts.too_early");
    public static Refusal CycleRunning { get; } = new("payouts.cycle_running");
    public static Refusal UnderReview { get; } = new("payouts.under_review");
    public static Refusal AnotherOpen { get; } = new("payouts.another_open");
    public static Refusal BelowMinimum { get; } = new("payouts.below_minimum", "Amount");
    public static Refusal AboveTierLimit { get; } = new("payouts.above_tier_limit", "Amount");

    /// <summary>What to say of a condition that is not met.</summary>
    internal static Refusal Missing(PayoutCondition condition) => condition.Requirement switch
    {
        PayoutRequirement.Funded => NotFunded,
        PayoutRequirement.ContractSigned => NotSigned,
        PayoutRequirement.IdentityChecked => NotIdentified,
        PayoutRequirement.AccountRunning => NotRunning,
        PayoutRequirement.NoOpenPosition => PositionOpen.With(condition.Count ?? 0),
        PayoutRequirement.FirstPayoutDays => TooEarly.With(condition.MetAt?.UtcDateTime ?? default),
        PayoutRequirement.Cycle => CycleRunning.With(condition.MetAt?.UtcDateTime ?? default),
        PayoutRequirement.NoOpenReview => UnderReview,
        PayoutRequirement.NoOpenPayout => AnotherOpen,
        PayoutRequirement.Minimum => BelowMinimum.With(condition.Needed?.Amount ?? 0m, condition.Needed?.Currency.Code ?? ""),
        PayoutRequirement.MonthlyLimit => AboveTierLimit.With(condition.Needed?.Amount ?? 0m, condition.Needed?.Currency.Code ?? ""),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };
}
