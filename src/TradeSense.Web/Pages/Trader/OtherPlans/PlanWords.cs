using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules.Analytics.OtherPlans;

namespace TradeSense.Web.Pages.Trader.OtherPlans;

/// <summary>An outcome and the currency its figures are in.</summary>
public sealed record PlanView(PlanOutcome Outcome, Currency Currency);

/// <summary>How an account stands under another plan, in a word.</summary>
public static class PlanWords
{
    public static string Label(AccountStatus status) => status switch
    {
        AccountStatus.Active => "Alive",
        AccountStatus.Paused => "Alive, paused",
        AccountStatus.Failed => "Dead",
        AccountStatus.Passed => "Passed",
        AccountStatus.Closed => "Closed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static string Tone(AccountStatus status) => status switch { AccountStatus.Failed => "bad", AccountStatus.Closed => "plain", AccountStatus.Paused => "wait", _ => "good" };
}
