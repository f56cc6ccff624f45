using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;

namespace TradeSense.Modules.Challenges.Rules;

/// <summary>The daily loss rule in words and worked through for one account.</summary>
internal sealed class DailyLossWords(DailyLossRule rule, decimal initial, TradingDay day, Figures figures)
{
    public RuleText Text() => new(RuleKind.DailyLoss, "Daily loss limit", Short, Words, [.. Example()]);

    private string Short => rule.Allowance switch
    {
        { Percent: { } percent } when rule.OfAnchor && rule.Anchor != DailyAnchor.Initial => $"{figures.Percent(percent)} of the day's start",
        { Percent: { } percent } => $"{figures.Percent(percent)} ({figures.Money(percent.Of(initial))})",
        _ => figures.Money(rule.Allowance.Amount!.Value),
    };

    private string Words => $"{AnchorWords} {LimitWords} {CheckWords} {EffectWords}";

    private string AnchorWords => rule.Anchor switch
    {
        DailyAnchor.Initial => $"Each trading day, from {Figures.DayStart(day)} to the next, the limit is counted from the initial balance of {figures.Money(initial)}.",
        DailyAnchor.Balance => $"When the trading day starts, at {Figures.DayStart(day)}, your balance is noted: closed trades only, open ones do not count.",
        DailyAnchor.Equity => $"When the trading day starts, at {Figures.DayStart(day)}, your equity is noted: the balance with the profit or loss of open trades.",
        DailyAnchor.Higher => $"When the trading day starts, at {Figures.DayStart(day)}, the higher of your balance and your equity is noted.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    private string LimitWords => $"That day your equity, open trades included, must {(rule.Compare == Comparison.Below ? "not fall below" : "stay above")} that figure less {Allowed}.";

    private string Allowed => rule.Allowance switch
    {
        { Percent: { } percent } when rule.OfAnchor => $"{figures.Percent(percent)} of it",
        { Percent: { } percent } => $"{figures.Percent(percent)} of the initial balance ({figures.Money(percent.Of(initial))})",
        _ => figures.Money(rule.Allowance.Amount!.Value),
    };

    private string CheckWords => rule.Evaluate switch
    {
        Evaluation.Tick => "It is checked on every price.",
        Evaluation.EndOfDay => "It is checked once, when the trading day ends; what happens in between does not count.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    private string EffectWords => rule.Effect switch
    {
        BreachEffect.Fail => "Crossing it ends the account.",
        BreachEffect.Pause when rule.Evaluate == Evaluation.EndOfDay => "If it is crossed then, your positions are closed and your waiting orders cancelled; the account goes on with the new trading day.",
        BreachEffect.Pause => "Crossing it closes your positions and pauses trading until the next trading day; the account goes on.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>A day is won, the next one starts, and equity comes down to the floor.</summary>
    private IEnumerable<ExampleStep> Example()
    {
        var account = new ExampleAccount(new LossTerms(initial, rule, null));
        account.Close(initial / 50m);
        if (rule.Anchor is DailyAnchor.Equity or DailyAnchor.Higher) account.Float(initial / 100m);
        account.NextDay();
        yield return Step(account, StartWords(account));

        var (safe, crossed) = account.Edge(figures.Coin);
        if (rule.Evaluate == Evaluation.EndOfDay)
        {
            foreach (var step in DayEnd(account, safe, crossed)) yield return step;
            yield break;
        }

        yield return new ExampleStep($"At an equity of {figures.Money(safe)} you may trade on.", account.Balance, safe, account.Limits.Floor);
        account.Float(crossed - account.Balance);
        var verdict = rule.Effect == BreachEffect.Fail ? "the account ends" : "your positions are closed and trading pauses";
        yield return new ExampleStep($"At an equity of {figures.Money(account.Breach!.Equity)} {verdict}.", account.Balance, account.Breach.Equity, account.Breach.Floor);
        if (rule.Effect == BreachEffect.Fail) yield break;

        account.NextDay();
        // A floor counted from the initial balance does not come down with the balance: what is under it stays under it.
        yield return Step(account, account.Status == AccountStatus.Paused
            ? $"The next day starts from {figures.Money(account.Balance)}, still under the floor of {Floor(account)}: trading stays paused."
            : $"The next day you trade again: you start from {figures.Money(account.Balance)} and the floor is {Floor(account)}.");
    }

    private IEnumerable<ExampleStep> DayEnd(ExampleAccount account, decimal safe, decimal crossed)
    {
        var (isPause, floor) = (rule.Effect == BreachEffect.Pause, account.Limits.Floor);
        yield return new ExampleStep($"If the day ends at an equity of {figures.Money(safe)} {(isPause ? "nothing happens" : "the account goes on")}.", account.Balance, safe, floor);
        account.Float(crossed - account.Balance);
        account.NextDay();
        yield return new ExampleStep($"If it ends at {figures.Money(crossed)} {(isPause ? "your positions are closed at that" : "the account ends")}.", account.Balance, crossed, floor);
        if (isPause) yield return Step(account, $"The new day starts from {figures.Money(account.Balance)} and its floor is {Floor(account)}.");
    }

    private string StartWords(ExampleAccount account)
    {
        var start = account.Floating == 0
            ? $"Your balance is {figures.Money(account.Balance)} at the start of the day"
            : $"You start the day with a balance of {figures.Money(account.Balance)} and an open profit of {figures.Money(account.Floating)}";
        return rule.Anchor == DailyAnchor.Initial ? $"{start}; counted from {figures.Money(initial)} the floor is {Floor(account)}." : $"{start}: the floor is {Floor(account)}.";
    }

    private string Floor(ExampleAccount account) => figures.Money(account.Limits.Floor!.Value);

    private static ExampleStep Step(ExampleAccount account, string words) => new(words, account.Balance, account.Equity, account.Limits.Floor);
}
