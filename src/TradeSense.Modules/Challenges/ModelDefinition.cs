using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Challenges;

/// <summary>Everything a challenge model promises: the one source of price table, rule texts, worked examples, account terms and contract.</summary>
/// <param name="Phases">Up to three, in order; none means the funded account is given at once.</param>
/// <param name="Funded">The terms after the last phase: loss rules, no target.</param>
/// <param name="Scaling">How the funded account grows; null where it keeps its size.</param>
/// <param name="ResetDiscount">Off the price when the same model is bought again after a failure.</param>
public sealed record ModelDefinition(
    string Name,
    string Summary,
    Currency Currency,
    TradingDay TradingDay,
    IReadOnlyList<PhaseDefinition> Phases,
    PhaseDefinition Funded,
    TradingTerms Trading,
    PayoutTerms Payout,
    Percent ResetDiscount,
    IReadOnlyList<SizePrice> Sizes,
    ScalingTerms? Scaling = null)
{
    /// <summary>The index that stands for the funded account: one after the last phase.</summary>
    public int FundedIndex => Phases.Count;

    public PhaseDefinition PhaseAt(int index) => index == FundedIndex ? Funded : Phases[index];

    /// <summary>What an account of this phase and size runs under, frozen when it is opened.</summary>
    public AccountTerms TermsOf(int phaseIndex, decimal balance)
    {
        var phase = PhaseAt(phaseIndex);
        return new AccountTerms(
            Currency, balance, TradingDay, phase.DailyLoss, phase.OverallLoss, phase.ProfitTarget, phase.MinimumTradingDays, phase.MaximumDays,
            Trading.InactivityDays, phase.Consistency, Trading.Leverage, Trading.StopOut, Trading.SpreadMarkupPoints, Trading.CommissionFactor,
            Trading.SwapFree, Trading.WeekendHolding,
            phase.ProfitableDay is { } least ? (Trading.Rules ?? new TradingRules()) with { ProfitableDay = least } : Trading.Rules,
            phaseIndex == FundedIndex ? Scaling : null);
    }

    /// <summary>The trader's share of the next payout: it grows with paid payouts, and is at least the scaling's once the account has grown.</summary>
    public Percent SplitOf(int paidPayouts, bool hasGrown)
    {
        var split = Payout.SplitAfter(paidPayouts);
        return hasGrown && Scaling is { } scaling && scaling.Split > split ? scaling.Split : split;
    }

    public Money? PriceOf(decimal balance) =>
        Sizes.FirstOrDefault(size => size.Balance == balance) is { } size ? new Money(size.Price, Currency) : null;
}

/// <summary>One step of a challenge, or the funded account.</summary>
/// <param name="ProfitTarget">Null on the funded account only.</param>
/// <param name="MaximumDays">Calendar days to pass in; null = no limit.</param>
/// <param name="ProfitableDay">A trading day counts when it brings at least this share of the initial balance; null: when a trade is opened in it.</param>
/// <param name="Consistency">The best day's profit may be at most this share of the whole to pass.</param>
public sealed record PhaseDefinition(
    string Name,
    Percent? ProfitTarget,
    int MinimumTradingDays,
    int? MaximumDays,
    DailyLossRule? DailyLoss,
    OverallLossRule? OverallLoss,
    Percent? Consistency,
    Percent? ProfitableDay = null);

/// <summary>How accounts of the model trade, in every phase.</summary>
public sealed record TradingTerms(
    int Leverage, Percent StopOut, int SpreadMarkupPoints, decimal CommissionFactor, bool SwapFree, bool WeekendHolding, int InactivityDays, TradingRules? Rules = null)
{
    /// <summary>Rules that ask for nothing are none, so that one model has one text.</summary>
    public static TradingRules? RulesOrNone(TradingRules rules) => rules == new TradingRules() ? null : rules;
}

/// <summary>When and how much of the profit is paid.</summary>
/// <param name="FirstAfterDays">Days from the funded account's opening to the first payout.</param>
/// <param name="CycleDays">Days between payouts.</param>
/// <param name="Split">The trader's share of the first payout.</param>
/// <param name="SplitStep">Percentage points the share grows by with each paid payout.</param>
/// <param name="SplitCap">Where it stops growing.</param>
public sealed record PayoutTerms(int FirstAfterDays, int CycleDays, decimal Minimum, Percent Split, Percent SplitStep, Percent SplitCap)
{
    /// <summary>The share for the next payout: 75 % growing by 5 to 90 % is 85 % after two paid ones.</summary>
    public Percent SplitAfter(int paidPayouts) => new(Math.Min(SplitCap.Value, Split.Value + SplitStep.Value * paidPayouts));
}

/// <summary>An account size on offer and what it costs, both in the model's currency.</summary>
public sealed record SizePrice(decimal Balance, decimal Price);
