namespace TradeSense.Engine.Rules;

/// <summary>Whether an account whose verdict is undone could go on at all.</summary>
public static class Reinstatement
{
    /// <summary>Whether the account would fail again at once, without any position, at this balance.</summary>
    /// <param name="startsDay">A trading day began since the verdict: a new anchor is taken with this balance.</param>
    public static bool WouldFail(LossTerms terms, LossState limits, decimal balance, bool startsDay)
    {
        var now = limits.Followed(terms, balance, balance);
        var isOldDayJudged = !startsDay || terms.Daily?.Evaluate == Evaluation.EndOfDay;
        if (isOldDayJudged && now.Crossed(terms, balance, withDaily: true) is not null) return true;
        return startsDay && now.DayEnded(terms, balance).DayStarted(terms, balance, balance).Crossed(terms, balance, withDaily: true) is not null;
    }
}
