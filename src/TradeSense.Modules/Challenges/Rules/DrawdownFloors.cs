using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Calculators;

namespace TradeSense.Modules.Challenges.Rules;

/// <summary>Where the floors of a plan lie for figures somebody thinks of, worked out by the state that decides verdicts.</summary>
public static class DrawdownFloors
{
    /// <summary>As typed.</summary>
    public sealed record Request(string? DayBalance, string? DayEquity, string? Highest, string? Equity);

    /// <param name="Today">The daily rule's floor; null without one.</param>
    /// <param name="Verdict">The rule that this equity crosses; null while it is safe.</param>
    /// <param name="Pauses">The verdict would pause the day instead of ending the account.</param>
    /// <param name="WaitsForDayEnd">The daily rule is compared at the end of the day only.</param>
    public sealed record Sum(AccountTerms Terms, Money Equity, Money? Today, Money? Overall, Money? TodayLeft, Money? OverallLeft, LossRule? Verdict, bool Pauses, bool WaitsForDayEnd);

    /// <summary>Whether the peak an account has reached moves its overall floor.</summary>
    public static bool HasPeak(AccountTerms terms) => terms.OverallLoss is { Mode: not OverallMode.Static };

    /// <param name="stands">What an account's limits are now; null begins a new one.</param>
    public static Result<Sum> Of(AccountTerms terms, Request typed, LossState? stands = null)
    {
        var wrong = default(Refusal);
        decimal Read(string? text, string field, decimal otherwise)
        {
            if (string.IsNullOrWhiteSpace(text)) return otherwise;
            if (PlainDecimal.TryParse(text.Trim(), out var amount) && amount <= Most) return amount;
            wrong ??= CalculatorRefusal.InvalidNumber with { Field = field };
            return otherwise;
        }

        var dayBalance = Read(typed.DayBalance, nameof(Request.DayBalance), terms.InitialBalance);
        var dayEquity = Read(typed.DayEquity, nameof(Request.DayEquity), dayBalance);
        var highest = Read(typed.Highest, nameof(Request.Highest), Math.Max(terms.InitialBalance, dayBalance));
        var equity = Read(typed.Equity, nameof(Request.Equity), dayEquity);
        if (wrong is not null) return wrong;

        var loss = LossTerms.Of(terms);
        var state = (stands ?? LossState.Start(loss)).Followed(loss, highest, highest).DayEnded(loss, highest).DayStarted(loss, dayBalance, dayEquity).Followed(loss, dayBalance, equity);
        return Told(terms, loss, state, equity);
    }

    /// <summary>Above any account there is.</summary>
    private const decimal Most = 1_000_000_000m;

    private static Sum Told(AccountTerms terms, LossTerms loss, LossState state, decimal equity)
    {
        Money? Of(decimal? exact, MidpointRounding rounding) => exact is { } amount ? Money.Rounded(amount, terms.Currency, rounding) : null;
        Money? Left(decimal? floor) => floor is { } known ? Of(Math.Max(0m, equity - known), MidpointRounding.ToZero) : null;
        var crossed = state.Crossed(loss, equity, withDaily: true)?.Rule;
        return new Sum(
            terms, Of(equity, MidpointRounding.ToZero)!.Value, Of(state.DailyFloor, MidpointRounding.AwayFromZero), Of(state.OverallFloor, MidpointRounding.AwayFromZero), Left(state.DailyFloor), Left(state.OverallFloor),
            crossed, crossed is LossRule.DailyLoss && terms.DailyLoss!.Effect is BreachEffect.Pause, terms.DailyLoss?.Evaluate is Evaluation.EndOfDay);
    }
}
