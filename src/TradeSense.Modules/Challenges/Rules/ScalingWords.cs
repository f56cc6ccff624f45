using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;

namespace TradeSense.Modules.Challenges.Rules;

/// <summary>How the funded account grows, in words and worked through by the code that grows it.</summary>
internal sealed class ScalingWords(ScalingTerms rule, AccountTerms terms, Figures figures)
{
    private decimal Size => terms.InitialBalance;

    public RuleText Text() => new(RuleKind.Scaling, "Scaling", $"× {figures.Number(rule.Factor)}, up to {figures.Money(rule.Cap)}", string.Join(' ', Words()), [.. Example()]);

    private IEnumerable<string> Words()
    {
        var months = rule.Months == 1 ? "a profitable calendar month that brings" : $"{rule.Months} profitable calendar months in a row that bring together";
        var payouts = rule.PaidPayouts > 0 ? $", and {figures.Count(rule.PaidPayouts, "paid payout")}" : "";
        yield return $"After {months} at least {figures.Percent(rule.Profit)} of the account's size{payouts}, the account grows to {figures.Number(rule.Factor)} times its size, to {figures.Money(rule.Cap)} at most.";
        yield return "It grows in place when a trading day starts: balance and floors move up with the size and open positions stay.";
        yield return $"From then on at least {figures.Percent(rule.Split)} of the profit is yours.";
        yield return "A month's result is that of the trades closed in its trading days; the running month does not count. After each growth months and payouts are counted anew.";
    }

    private IEnumerable<ExampleStep> Example()
    {
        if (rule.NextSize(Size, terms.Currency) is not { } next)
        {
            yield return new ExampleStep($"An account of {figures.Money(Size)} has the largest size already.");
            yield break;
        }

        var needed = decimal.Ceiling(rule.ProfitNeeded(Size) / figures.Coin) * figures.Coin;
        var enough = needed > 0 ? $" that bring {figures.Money(needed)} together" : "";
        var otherwise = needed > 0 ? $"; with {figures.Money(needed - figures.Coin)} it stays" : "";
        yield return new ExampleStep($"{Capital(figures.Count(rule.Months, "profitable month"))}{enough}: an account of {figures.Money(Size)} grows to {figures.Money(next)}{otherwise}.");
        if (Moved(next) is { } moved) yield return moved;

        var (size, times) = (Size, 0);
        for (; rule.NextSize(size, terms.Currency) is { } larger; times++) size = larger;
        yield return new ExampleStep($"Having grown {figures.Count(times, "time")} it stands at {figures.Money(size)} and grows no further.", Path: 1);
    }

    /// <summary>What growing does to balance, floor and room of an account with some profit; null without a loss rule.</summary>
    private ExampleStep? Moved(decimal next)
    {
        var account = new ExampleAccount(LossTerms.Of(terms));
        account.Close(Size / 50m);
        account.NextDay();
        if (account.Limits.Floor is not { } floor) return null;

        var (balance, room) = (account.Balance, account.Limits.Room(account.Equity)!.Value);
        account.Grow(next);
        return new ExampleStep(
            $"From a balance of {figures.Money(balance)} with the floor at {figures.Money(floor)} it goes on with {figures.Money(account.Balance)} and the floor at {figures.Money(account.Limits.Floor!.Value)}: "
            + $"the room is {figures.Money(account.Limits.Room(account.Equity)!.Value)}, before it was {figures.Money(room)}.",
            account.Balance, account.Equity, account.Limits.Floor);
    }

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
