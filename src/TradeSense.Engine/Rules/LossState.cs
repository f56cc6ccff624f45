using TradeSense.Engine.Accounts;

namespace TradeSense.Engine.Rules;

/// <summary>The loss rules of one account with the balance they are percentages of.</summary>
public sealed record LossTerms(decimal InitialBalance, DailyLossRule? Daily, OverallLossRule? Overall)
{
    public static LossTerms Of(AccountTerms terms) => new(terms.InitialBalance, terms.DailyLoss, terms.OverallLoss);
}

/// <summary>What the loss rules remember: the day's anchor, the peak, and the two floors that follow from them.</summary>
/// <remarks>
/// Pure and immutable, so the same few lines serve the engine, the scenario runner, the worked example beside a price and
/// the question "what if this payout were made". Nothing is rounded: floors and verdicts are exact decimals.
/// </remarks>
public readonly record struct LossState(decimal Anchor, decimal? DailyFloor, decimal Peak, decimal? OverallFloor, bool FloorLifted)
{
    /// <summary>The higher of the two floors; null without any loss rule.</summary>
    public decimal? Floor => DailyFloor is { } daily && OverallFloor is { } overall ? Math.Max(daily, overall) : DailyFloor ?? OverallFloor;

    /// <summary>What a stored account's limits are.</summary>
    public static LossState Of(AccountState account) =>
        new(account.DailyAnchor, account.DailyFloor, account.Peak, account.OverallFloor, account.FloorLifted);

    /// <summary>On its first day an account is anchored, and has its peak, at the initial balance.</summary>
    public static LossState Start(LossTerms terms)
    {
        var state = new LossState(terms.InitialBalance, DailyFloorOf(terms, terms.InitialBalance), terms.InitialBalance, null, false);
        return state.WithPeak(terms, terms.InitialBalance);
    }

    public decimal? Room(decimal equity) => equity - Floor;

    /// <summary>The peak follows the closed balance or the equity at once, where the rule says so. It never falls here.</summary>
    public LossState Followed(LossTerms terms, decimal balance, decimal equity) => terms.Overall?.Mode switch
    {
        OverallMode.TrailingBalance when balance > Peak => WithPeak(terms, balance),
        OverallMode.TrailingEquity when equity > Peak => WithPeak(terms, equity),
        _ => this,
    };

    /// <summary>A payout left the balance.</summary>
    public LossState AfterPayout(LossTerms terms, decimal amount) => terms.Overall?.Payout switch
    {
        PayoutEffect.LowersPeak => WithPeak(terms, Peak - amount),
        PayoutEffect.LiftsToInitial => (this with { FloorLifted = true }).WithPeak(terms, Peak),
        _ => this,
    };

    /// <summary>A payout came back. A floor lifted for good falls again only when no other payout stands behind it.</summary>
    public LossState AfterReturn(LossTerms terms, decimal amount, bool isLast) => terms.Overall?.Payout switch
    {
        PayoutEffect.LowersPeak => WithPeak(terms, Peak + amount),
        PayoutEffect.LiftsToInitial when isLast => (this with { FloorLifted = false }).WithPeak(terms, Peak),
        _ => this,
    };

    /// <summary>The account grew in place. Anchor and peak move up with the balance and the floors are worked out for the new size: the room stays, or grows with what percents allow.</summary>
    /// <param name="grown">The rules with the new size as initial balance.</param>
    public LossState Grown(LossTerms grown, decimal growth) =>
        (this with { Anchor = Anchor + growth, DailyFloor = DailyFloorOf(grown, Anchor + growth) }).WithPeak(grown, Peak + growth);

    /// <summary>The day is over: an end-of-day peak takes the closing balance.</summary>
    public LossState DayEnded(LossTerms terms, decimal balance) =>
        terms.Overall?.Mode == OverallMode.TrailingEndOfDay && balance > Peak ? WithPeak(terms, balance) : this;

    /// <summary>A day begins: the anchor is taken anew and with it the daily floor.</summary>
    public LossState DayStarted(LossTerms terms, decimal balance, decimal equity)
    {
        var anchor = terms.Daily?.Anchor switch
        {
            DailyAnchor.Initial => terms.InitialBalance,
            DailyAnchor.Equity => equity,
            DailyAnchor.Higher => Math.Max(balance, equity),
            _ => balance,
        };
        return this with { Anchor = anchor, DailyFloor = DailyFloorOf(terms, anchor) };
    }

    /// <summary>The verdict on an equity: the rule crossed and its floor, or null.</summary>
    /// <remarks>With both crossed the higher floor was crossed first; a tie is the overall rule, and a pause never hides a failure.</remarks>
    public (LossRule Rule, decimal Floor)? Crossed(LossTerms terms, decimal equity, bool withDaily)
    {
        var daily = withDaily && terms.Daily is { } d && DailyFloor is { } dailyFloor && IsCrossed(d.Compare, equity, dailyFloor) ? DailyFloor : null;
        var overall = terms.Overall is { } o && OverallFloor is { } overallFloor && IsCrossed(o.Compare, equity, overallFloor) ? OverallFloor : null;

        if (daily is { } first && (overall is null || (first > overall && terms.Daily!.Effect == BreachEffect.Fail))) return (LossRule.DailyLoss, first);
        return overall is { } floor ? (LossRule.OverallLoss, floor) : null;
    }

    private static bool IsCrossed(Comparison compare, decimal equity, decimal floor) =>
        compare == Comparison.AtOrBelow ? equity <= floor : equity < floor;

    private static decimal? DailyFloorOf(LossTerms terms, decimal anchor) => terms.Daily is { } rule
        ? anchor - AmountOf(rule.Allowance, rule.OfAnchor ? anchor : terms.InitialBalance)
        : null;

    private LossState WithPeak(LossTerms terms, decimal peak)
    {
        if (terms.Overall is not { } rule) return this with { Peak = peak };

        var isTrailing = rule.Mode != OverallMode.Static;
        var floor = (isTrailing ? peak : terms.InitialBalance) - AmountOf(rule.Allowance, isTrailing && rule.OfPeak ? peak : terms.InitialBalance);
        if (isTrailing && rule.Lock == FloorLock.Initial) floor = Math.Min(floor, terms.InitialBalance + rule.LockOffset);
        if (FloorLifted) floor = Math.Max(floor, terms.InitialBalance);
        return this with { Peak = peak, OverallFloor = floor };
    }

    private static decimal AmountOf(Allowance allowance, decimal percentBase) =>
        allowance.Percent is { } percent ? percent.Of(percentBase) : allowance.Amount!.Value;
}
