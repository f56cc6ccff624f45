using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Challenges.Models;

/// <summary>One phase as somebody types it.</summary>
public sealed class PhaseDraft
{
    public string? Name { get; set; }
    public decimal? ProfitTarget { get; set; }
    public int? MinimumTradingDays { get; set; }
    public int? MaximumDays { get; set; }
    public decimal? Consistency { get; set; }

    /// <summary>Empty: a day counts when a trade is opened in it.</summary>
    public decimal? ProfitableDay { get; set; }

    /// <summary>The loss rules are those of the first phase; what stands in this one's fields is ignored.</summary>
    public bool SameLosses { get; set; }

    public DailyLossDraft DailyLoss { get; set; } = new();
    public OverallLossDraft OverallLoss { get; set; } = new();

    internal static PhaseDraft From(PhaseDefinition phase, bool sameLosses) => new()
    {
        Name = phase.Name, ProfitTarget = phase.ProfitTarget?.Value, MinimumTradingDays = phase.MinimumTradingDays, MaximumDays = phase.MaximumDays,
        Consistency = phase.Consistency?.Value, ProfitableDay = phase.ProfitableDay?.Value, SameLosses = sameLosses, DailyLoss = DailyLossDraft.From(phase.DailyLoss), OverallLoss = OverallLossDraft.From(phase.OverallLoss),
    };

    internal PhaseDefinition Read(PhaseDraft losses) => new(
        Name?.Trim() ?? "", ProfitTarget is { } target ? new Percent(target) : null, MinimumTradingDays ?? 0, MaximumDays, losses.DailyLoss.Read(), losses.OverallLoss.Read(),
        Consistency is { } share ? new Percent(share) : null, ProfitableDay is { } least ? new Percent(least) : null);
}

/// <summary>What a percent of a daily allowance is a percent of.</summary>
public enum DailyBase { Initial, Anchor }

/// <summary>What a percent of an overall allowance is a percent of.</summary>
public enum OverallBase { Initial, Peak }

public sealed class DailyLossDraft
{
    /// <summary>False: the phase has no such rule.</summary>
    public bool Applies { get; set; }

    public decimal? Percent { get; set; }
    public decimal? Amount { get; set; }
    public DailyBase Of { get; set; }
    public DailyAnchor Anchor { get; set; } = DailyAnchor.Balance;
    public Comparison Compare { get; set; }
    public Evaluation Evaluate { get; set; }
    public BreachEffect Effect { get; set; }

    internal static DailyLossDraft From(DailyLossRule? rule) => rule is null ? new() { Percent = 5 } : new()
    {
        Applies = true, Percent = rule.Allowance.Percent?.Value, Amount = rule.Allowance.Amount, Of = rule.OfAnchor ? DailyBase.Anchor : DailyBase.Initial,
        Anchor = rule.Anchor, Compare = rule.Compare, Evaluate = rule.Evaluate, Effect = rule.Effect,
    };

    internal DailyLossRule? Read() => Applies
        ? new(new Allowance(Percent is { } percent ? new Engine.Values.Percent(percent) : null, Amount), Anchor, Of == DailyBase.Anchor, Compare, Evaluate, Effect)
        : null;
}

public sealed class OverallLossDraft
{
    public bool Applies { get; set; }
    public decimal? Percent { get; set; }
    public decimal? Amount { get; set; }
    public OverallBase Of { get; set; }
    public OverallMode Mode { get; set; }
    public Comparison Compare { get; set; }
    public FloorLock Lock { get; set; }
    public decimal? LockOffset { get; set; }
    public PayoutEffect Payout { get; set; }

    internal static OverallLossDraft From(OverallLossRule? rule) => rule is null ? new() { Percent = 10 } : new()
    {
        Applies = true, Percent = rule.Allowance.Percent?.Value, Amount = rule.Allowance.Amount, Of = rule.OfPeak ? OverallBase.Peak : OverallBase.Initial,
        Mode = rule.Mode, Compare = rule.Compare, Lock = rule.Lock, LockOffset = rule.LockOffset, Payout = rule.Payout,
    };

    internal OverallLossRule? Read() => Applies
        ? new(new Allowance(Percent is { } percent ? new Engine.Values.Percent(percent) : null, Amount), Mode, Of == OverallBase.Peak, Compare, Lock, LockOffset ?? 0m, Payout)
        : null;
}
