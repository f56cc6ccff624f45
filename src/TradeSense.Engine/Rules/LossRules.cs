using TradeSense.Engine.Values;

namespace TradeSense.Engine.Rules;

public enum DailyAnchor { Initial, Balance, Equity, Higher }
public enum Comparison { Below, AtOrBelow }
public enum Evaluation { Tick, EndOfDay }
public enum BreachEffect { Fail, Pause }
public enum OverallMode { Static, TrailingBalance, TrailingEquity, TrailingEndOfDay }
public enum FloorLock { None, Initial }
public enum PayoutEffect { Unchanged, LowersPeak, LiftsToInitial }
public enum LossRule { DailyLoss, OverallLoss }

/// <summary>What an account may lose: a fixed amount, or a percent of a base. Exactly one of the two is set.</summary>
public sealed record Allowance(Percent? Percent, decimal? Amount);

/// <summary>The daily loss rule: floor = anchor − allowance, the anchor taken at each trading day's start.</summary>
/// <param name="OfAnchor">A percent allowance is of the day's anchor; otherwise of the initial balance.</param>
public sealed record DailyLossRule(
    Allowance Allowance,
    DailyAnchor Anchor = DailyAnchor.Balance,
    bool OfAnchor = false,
    Comparison Compare = Comparison.Below,
    Evaluation Evaluate = Evaluation.Tick,
    BreachEffect Effect = BreachEffect.Fail);

/// <summary>The overall loss rule: static below the initial balance, or trailing below a peak.</summary>
/// <param name="OfPeak">A percent allowance is of the peak; otherwise of the initial balance.</param>
/// <param name="LockOffset">With a lock the trailing floor never rises above initial + this.</param>
public sealed record OverallLossRule(
    Allowance Allowance,
    OverallMode Mode = OverallMode.Static,
    bool OfPeak = false,
    Comparison Compare = Comparison.Below,
    FloorLock Lock = FloorLock.None,
    decimal LockOffset = 0m,
    PayoutEffect Payout = PayoutEffect.Unchanged);

/// <summary>The verdict: which rule was crossed, the floor, the equity that crossed it and when it fell.</summary>
public sealed record Breach(LossRule Rule, decimal Floor, decimal Equity, DateTimeOffset At);
