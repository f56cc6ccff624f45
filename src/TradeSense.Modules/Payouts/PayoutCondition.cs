using TradeSense.Engine.Values;

namespace TradeSense.Modules.Payouts;

public enum PayoutRequirement { Funded, ContractSigned, IdentityChecked, AccountRunning, NoOpenPosition, FirstPayoutDays, Cycle, NoOpenReview, NoOpenPayout, Minimum, MonthlyLimit }

/// <summary>One thing that must hold before a payout can be asked for, with what is missing and when it will be met.</summary>
/// <param name="MetAt">When time alone meets it.</param>
/// <param name="Needed">The amount it asks for: the minimum, or what the identity tier still allows this month.</param>
/// <param name="Count">Days or positions, where it is about those.</param>
public sealed record PayoutCondition(PayoutRequirement Requirement, bool IsMet, DateTimeOffset? MetAt = null, Money? Needed = null, int? Count = null)
{
    public bool IsAboutAmount => Requirement is PayoutRequirement.Minimum or PayoutRequirement.MonthlyLimit;
}
