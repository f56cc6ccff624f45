using TradeSense.Engine.Accounts;

namespace TradeSense.Engine.Rules;

/// <summary>When a phase is passed: target, trading days and consistency. Used for the verdict and for the meters that show the way to it.</summary>
public static class PhaseGoal
{
    /// <summary>The balance that meets the target: 100,000 at 8 % is 108,000. Null where there is nothing to pass.</summary>
    public static decimal? TargetBalance(AccountTerms terms) =>
        terms.ProfitTarget is { } target ? terms.InitialBalance + target.Of(terms.InitialBalance) : null;

    /// <summary>The balance that is held against the target: what a news rule leaves out is not in it.</summary>
    public static decimal CountedBalance(AccountState account) => account.Balance - account.UncountedProfit;

    /// <summary>The whole profit that consistency measures the best day against; what was paid out was profit too.</summary>
    public static decimal CountedProfit(AccountState account) => CountedBalance(account) + account.PaidOut - account.Terms.InitialBalance;

    /// <summary>The best day so far, today included, by the same count.</summary>
    public static decimal BestDay(AccountState account) => Math.Max(account.BestDayProfit, account.Balance - account.DayStartBalance - account.UncountedToday);

    /// <summary>Consistency's total profit needed: best day ÷ p. A best day of 4,000 at 40 % needs 10,000. Null without such a rule.</summary>
    public static decimal? RequiredProfit(AccountTerms terms, decimal bestDayProfit) =>
        terms.Consistency is { Value: > 0 } share ? Math.Max(bestDayProfit, 0m) / share.AsFraction : null;

    /// <summary>Whether the best day is at most its permitted share of the total profit; compared without division.</summary>
    public static bool IsConsistent(AccountTerms terms, decimal totalProfit, decimal bestDayProfit) =>
        terms.Consistency is not { } share || bestDayProfit <= share.Of(totalProfit);

    /// <summary>Whether an account without open positions has passed.</summary>
    public static bool IsMet(AccountTerms terms, decimal balance, decimal totalProfit, int tradingDays, decimal bestDayProfit) =>
        TargetBalance(terms) is { } target && balance >= target && tradingDays >= terms.MinimumTradingDays
        && IsConsistent(terms, totalProfit, bestDayProfit);
}
