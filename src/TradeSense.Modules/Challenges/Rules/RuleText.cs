namespace TradeSense.Modules.Challenges.Rules;

/// <summary>What a rule is about, in the order in which rules are told.</summary>
public enum RuleKind { ProfitTarget, TradingDays, DailyLoss, OverallLoss, Consistency, TimeLimit, Inactivity, Leverage, Costs, Weekend, Limits, News, StopLossGuard, Payout, Split, Scaling }

/// <summary>One rule for a person, with the figures of one account size.</summary>
/// <param name="Title">Its name: “Daily loss limit”.</param>
/// <param name="Short">What a table cell or a meter has room for: “5% ($5,000)”.</param>
/// <param name="Words">The rule in full sentences.</param>
/// <param name="Example">What happens along a small path, step by step; empty when there is nothing to work out.</param>
public sealed record RuleText(RuleKind Kind, string Title, string Short, string Words, IReadOnlyList<ExampleStep> Example);

/// <summary>One step of a worked example. The figures are the loss kernel's own, null where no floor is at stake.</summary>
/// <param name="Path">Steps of one path follow each other; another number starts from a fresh account.</param>
public sealed record ExampleStep(string Words, decimal? Balance = null, decimal? Equity = null, decimal? Floor = null, int Path = 0);
