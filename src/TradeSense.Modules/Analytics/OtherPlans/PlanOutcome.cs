using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Analytics.OtherPlans;

/// <summary>How an account would stand under other terms.</summary>
/// <param name="Breach">The verdict that ended it; null when it lives or passed.</param>
/// <param name="Deciding">The quote on which the verdict fell; null when none did, or when it fell without one (a day's start, a close).</param>
/// <param name="EndedAt">When it failed or passed.</param>
/// <param name="Refused">Orders that these terms would not have taken, by the engine's code.</param>
/// <param name="OwnPlanAgrees">Whether the same replay under the account's own terms ends as it really did: how far the answer can be trusted.</param>
public sealed record PlanOutcome(
    AccountStatus Status, Breach? Breach, Quote? Deciding, DateTimeOffset? EndedAt, decimal Balance, decimal Equity, decimal? Room, int TradingDays, int Pauses, int Trades, int OpenPositions,
    IReadOnlyList<PlanOutcome.Refusals> Refused, bool OwnPlanAgrees, DateTimeOffset Until)
{
    public sealed record Refusals(string Code, int Count);
}
