using TradeSense.Engine.Rules;

namespace TradeSense.Modules.Challenges.Rules;

/// <summary>The overall loss rule in words and worked through for one account. What a payout does is told for funded accounts, where payouts are.</summary>
internal sealed class OverallLossWords(OverallLossRule rule, decimal initial, bool isFunded, Figures figures)
{
    private LossTerms Terms { get; } = new(initial, null, rule);

    public RuleText Text() => new(RuleKind.OverallLoss, "Overall loss limit", Short, string.Join(' ', Words()), [.. Example(), .. LockExample(), .. PayoutExample()]);

    private string Short
    {
        get
        {
            var amount = rule.Allowance.Percent is { } percent
                ? rule.OfPeak ? $"{figures.Percent(percent)} of the peak" : $"{figures.Percent(percent)} ({figures.Money(percent.Of(initial))})"
                : figures.Money(rule.Allowance.Amount!.Value);
            return rule.Mode == OverallMode.Static ? amount : amount + ", trailing";
        }
    }

    private IEnumerable<string> Words()
    {
        var verb = rule.Compare == Comparison.Below ? "must never fall below" : "must stay above";
        var allowed = rule.Allowance.Percent is { } percent
            ? rule.OfPeak ? $"{figures.Percent(percent)} of it" : $"{figures.Percent(percent)} of the initial balance ({figures.Money(percent.Of(initial))})"
            : figures.Money(rule.Allowance.Amount!.Value);
        yield return rule.Mode switch
        {
            OverallMode.Static => $"Your equity, open trades included, {verb} the initial balance less {allowed}. This floor never moves.",
            OverallMode.TrailingBalance => $"Your equity, open trades included, {verb} your highest balance less {allowed}. The floor rises at once with every profit you close and never falls with a loss.",
            OverallMode.TrailingEquity => $"Your equity {verb} your highest equity less {allowed}. The floor rises at once with open profit too and never falls with a loss.",
            OverallMode.TrailingEndOfDay => $"Your equity, open trades included, {verb} your highest balance at the end of a trading day less {allowed}. The floor rises only when a day ends; a passing peak does not move it. The check itself is live.",
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };

        if (rule.Lock == FloorLock.Initial) yield return $"The floor rises no higher than {figures.Money(initial + rule.LockOffset)}.";
        if (isFunded) yield return PayoutWords;
        yield return "Crossing it ends the account.";
    }

    private string PayoutWords => rule.Payout switch
    {
        PayoutEffect.Unchanged => "A payout leaves the floor where it is.",
        PayoutEffect.LowersPeak => "A payout is taken off the peak that the floor follows.",
        PayoutEffect.LiftsToInitial => "The first payout lifts the floor to the initial balance for good.",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };

    /// <summary>The peak rises as the mode says, stays when profit goes, and equity comes down to the floor.</summary>
    private IEnumerable<ExampleStep> Example()
    {
        var account = new ExampleAccount(Terms);
        var gain = initial / 25m;
        foreach (var step in Rise(account, gain)) yield return step;

        var (safe, crossed) = account.Edge(figures.Coin);
        yield return new ExampleStep($"At an equity of {figures.Money(safe)} you may trade on.", account.Balance, safe, account.Limits.Floor);
        account.Float(crossed - account.Balance);
        yield return new ExampleStep($"At an equity of {figures.Money(account.Breach!.Equity)} the account ends.", account.Balance, account.Breach.Equity, account.Breach.Floor);
    }

    private IEnumerable<ExampleStep> Rise(ExampleAccount account, decimal gain)
    {
        switch (rule.Mode)
        {
            case OverallMode.Static:
                account.Close(gain);
                yield return Step(account, $"Your balance grows to {figures.Money(account.Balance)}: the floor stays at {Floor(account)}.");
                break;
            case OverallMode.TrailingBalance:
                account.Float(gain);
                yield return Step(account, $"An open trade stands at {figures.Money(gain)} profit: the floor is {Floor(account)} as before.");
                account.Realise();
                yield return Step(account, $"You close it and your balance is {figures.Money(account.Balance)}: the floor rises to {Floor(account)} at once.");
                break;
            case OverallMode.TrailingEquity:
                account.Float(gain);
                yield return Step(account, $"An open trade stands at {figures.Money(gain)} profit, your equity is {figures.Money(account.Equity)}: the floor rises to {Floor(account)} at once.");
                account.Float(gain - decimal.Round(account.Limits.Room(account.Equity)!.Value / 2m, 0, MidpointRounding.ToZero));
                yield return Step(account, $"The profit shrinks and your equity is {figures.Money(account.Equity)}: the floor stays at {Floor(account)}.");
                break;
            case OverallMode.TrailingEndOfDay:
                account.Float(gain * 1.5m);
                yield return Step(account, $"During the day your equity reaches {figures.Money(account.Equity)}: the floor stays at {Floor(account)}.");
                account.Float(gain);
                account.Realise();
                account.NextDay();
                yield return Step(account, $"You end the day with a balance of {figures.Money(account.Balance)}: from then on the floor is {Floor(account)}.");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(account));
        }
    }

    private IEnumerable<ExampleStep> LockExample()
    {
        if (rule.Lock == FloorLock.None) yield break;

        var account = Grown(high => high.Limits.OverallFloor == initial + rule.LockOffset);
        if (account is not null) yield return Step(account, $"With a balance of {figures.Money(account.Balance)} the floor is {Floor(account)} and rises no further.") with { Path = 1 };
    }

    private IEnumerable<ExampleStep> PayoutExample()
    {
        if (!isFunded || rule is { Mode: OverallMode.Static, Payout: PayoutEffect.Unchanged }) yield break;

        var account = Grown(high => high.Balance >= initial * 1.1m)!;
        var (balance, before) = (account.Balance, Floor(account));
        // Half the room and at most half the profit: a payout the engine would allow under any of the rules.
        account.PayOut(decimal.Round(Math.Min(account.Limits.Room(balance)!.Value, balance - initial) / 2m, 0, MidpointRounding.ToZero));
        var paid = figures.Money(balance - account.Balance);
        var effect = Floor(account) == before ? $"the floor stays at {before}" : $"the floor goes from {before} to {Floor(account)}";
        yield return Step(account, $"From a balance of {figures.Money(balance)} you take a payout of {paid}: {effect}.") with { Path = 2 };
    }

    /// <summary>An account that has closed 5 % of profit a day until the condition holds; null when it never does.</summary>
    private ExampleAccount? Grown(Predicate<ExampleAccount> enough)
    {
        var account = new ExampleAccount(Terms);
        for (var day = 0; day < 200; day++)
        {
            if (enough(account)) return account;
            account.Close(initial / 20m);
            account.NextDay();
        }

        return null;
    }

    private string Floor(ExampleAccount account) => figures.Money(account.Limits.Floor!.Value);

    private static ExampleStep Step(ExampleAccount account, string words) => new(words, account.Balance, account.Equity, account.Limits.Floor);
}
