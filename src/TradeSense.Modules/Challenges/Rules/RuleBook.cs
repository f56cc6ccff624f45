using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Challenges.Rules;

/// <summary>
/// Every rule of an account in plain words with a worked example, from the same terms the engine runs. Pricing, the builder's preview,
/// the trader's meters and the contract all print this, so no two of them can disagree.
/// </summary>
public static class RuleBook
{
    /// <summary>Terms never change and are shared by their accounts, so each is put into words once a culture, for as long as somebody holds it.</summary>
    private static readonly ConditionalWeakTable<AccountTerms, ConcurrentDictionary<string, IReadOnlyList<RuleText>>> Told = [];

    /// <summary>The rules of one phase of a model for an account of this size; payouts are told with the funded account.</summary>
    public static IReadOnlyList<RuleText> Describe(ModelDefinition model, int phaseIndex, decimal balance, CultureInfo culture)
    {
        var (terms, figures) = (model.TermsOf(phaseIndex, balance), new Figures(culture, model.Currency));
        var rules = Describe(terms, culture);
        if (phaseIndex != model.FundedIndex) return rules;
        return [.. rules, .. Payouts(model.Payout, balance, figures), .. terms.Scaling is { } scaling ? [new ScalingWords(scaling, terms, figures).Text()] : (RuleText[])[]];
    }

    /// <summary>The rules an account runs under, from its frozen terms.</summary>
    public static IReadOnlyList<RuleText> Describe(AccountTerms terms, CultureInfo culture) =>
        Told.GetOrCreateValue(terms).GetOrAdd(culture.Name, _ => InWords(terms, culture));

    private static IReadOnlyList<RuleText> InWords(AccountTerms terms, CultureInfo culture)
    {
        var figures = new Figures(culture, terms.Currency);
        RuleText?[] rules =
        [
            terms.ProfitTarget is { } target ? ProfitTarget(terms, target, figures) : null,
            terms.MinimumTradingDays > 0 ? TradingDays(terms, figures) : null,
            terms.DailyLoss is { } daily ? new DailyLossWords(daily, terms.InitialBalance, terms.TradingDay, figures).Text() : null,
            terms.OverallLoss is { } overall ? new OverallLossWords(overall, terms.InitialBalance, terms.ProfitTarget is null, figures).Text() : null,
            terms.Consistency is { } share ? Consistency(terms, share, figures) : null,
            terms.ProfitTarget is not null ? TimeLimit(terms, figures) : null,
            Inactivity(terms, figures),
            Leverage(terms, figures),
            Costs(terms, figures),
            TradingRuleWords.Weekend(terms),
            .. TradingRuleWords.Of(terms, figures),
        ];
        return [.. rules.OfType<RuleText>()];
    }

    private static RuleText ProfitTarget(AccountTerms terms, Percent target, Figures figures)
    {
        var goal = decimal.Ceiling(PhaseGoal.TargetBalance(terms)!.Value / figures.Coin) * figures.Coin;
        return new RuleText(RuleKind.ProfitTarget, "Profit target", $"{figures.Percent(target)} ({figures.Money(target.Of(terms.InitialBalance))})",
            $"Close trades with a profit of {figures.Percent(target)} of the initial balance. Open trades do not count: the target is reached with no position open.",
            [
                new ExampleStep($"From {figures.Money(terms.InitialBalance)} you need a balance of {figures.Money(goal)}; at {figures.Money(goal - figures.Coin)} you are not there yet.", goal),
            ]);
    }

    private static RuleText TradingDays(AccountTerms terms, Figures figures)
    {
        var days = figures.Count(terms.MinimumTradingDays, "day");
        if (terms.Rules?.ProfitableDay is not { } least)
            return new(RuleKind.TradingDays, "Minimum trading days", days, $"Trade on at least {days}. A day counts when you open a trade in it; it starts at {Figures.DayStart(terms.TradingDay)}.", []);

        var needed = decimal.Ceiling(least.Of(terms.InitialBalance) / figures.Coin) * figures.Coin;
        return new(RuleKind.TradingDays, "Profitable days", days,
            $"Close at least {days} with a profit of {figures.Percent(least)} of the initial balance. A day starts at {Figures.DayStart(terms.TradingDay)}; what you close in it counts.{UncountedWords(terms, "makes no day count")}",
            [new ExampleStep($"A day that brings {figures.Money(needed)} counts, one that brings {figures.Money(needed - figures.Coin)} does not.")]);
    }

    /// <summary>Half the target in one day, as an example; the total it needs is the engine's, brought up to the coin.</summary>
    private static RuleText Consistency(AccountTerms terms, Percent share, Figures figures)
    {
        var best = (terms.ProfitTarget ?? new Percent(10)).Of(terms.InitialBalance) / 2m;
        var needed = decimal.Ceiling(PhaseGoal.RequiredProfit(terms, best)!.Value / figures.Coin) * figures.Coin;
        return new RuleText(RuleKind.Consistency, "Consistency", $"best day ≤ {figures.Percent(share)}",
            $"Your best day may bring at most {figures.Percent(share)} of the whole profit. Bringing more is no failure: you trade on until the whole is large enough.{UncountedWords(terms, "is part of neither")}",
            [new ExampleStep($"With a best day of {figures.Money(best)} you need a total profit of {figures.Money(needed)}.")]);
    }

    private static string UncountedWords(AccountTerms terms, string effect) =>
        terms.Rules?.News is { Effect: NewsEffect.Reduce } ? $" Profit that the rule about news leaves out {effect}." : "";

    private static RuleText TimeLimit(AccountTerms terms, Figures figures) => terms.MaximumDays is { } days
        ? new(RuleKind.TimeLimit, "Time limit", figures.Count(days, "day"), $"Pass within {figures.Count(days, "calendar day")} of the account's opening, or it expires.", [])
        : new(RuleKind.TimeLimit, "Time limit", "none", "There is no time limit.", []);

    private static RuleText Inactivity(AccountTerms terms, Figures figures) => terms.InactivityDays > 0
        ? new(RuleKind.Inactivity, "Inactivity", figures.Count(terms.InactivityDays, "day"),
            $"An account without a trade or an open position for {figures.Count(terms.InactivityDays, "day")} is closed.", [])
        : new(RuleKind.Inactivity, "Inactivity", "none", "An account is never closed because nobody trades it.", []);

    private static RuleText Leverage(AccountTerms terms, Figures figures) => new(RuleKind.Leverage, "Leverage", $"1:{figures.Number(terms.Leverage)}",
        $"Each position ties up its value divided by {figures.Number(terms.Leverage)} as margin.{TradingRuleWords.ClassLeverage(terms, figures)} When equity is less than {figures.Percent(terms.StopOut)} of the margin in use, the position with the largest loss is closed.",
        [new ExampleStep($"A position worth {figures.Money(terms.InitialBalance)} ties up {figures.Money(decimal.Round(terms.InitialBalance / terms.Leverage, figures.Coin == 1m ? 0 : 2, MidpointRounding.ToPositiveInfinity))}.")]);

    private static RuleText Costs(AccountTerms terms, Figures figures)
    {
        var commission = terms.CommissionFactor switch
        {
            0m => "There is no commission.",
            1m => "Commission is charged as listed with each instrument.",
            _ => $"Commission is {figures.Number(terms.CommissionFactor)} times what is listed with each instrument.",
        };
        var swap = !terms.SwapFree ? "Positions held overnight pay or earn swap, three times on Wednesday."
            : terms.Rules?.OvernightFee is { } fee and > 0 ? $"Positions held overnight pay no swap but {figures.Money(fee)} for each lot and night, three times on Wednesday."
            : "Positions held overnight pay no swap.";
        var markup = TradingRuleWords.Markup(terms, figures);
        return new RuleText(RuleKind.Costs, "Costs", terms.SwapFree ? "swap-free" : "commission and swap", $"{commission} {swap}{markup}", []);
    }

    private static IEnumerable<RuleText> Payouts(PayoutTerms payout, decimal balance, Figures figures)
    {
        var minimum = payout.Minimum > 0 ? $" The least payout is {figures.Money(payout.Minimum)}." : "";
        yield return new RuleText(RuleKind.Payout, "Payouts", $"after {figures.Count(payout.FirstAfterDays, "day")}, then every {payout.CycleDays}",
            $"You may ask for your first payout {figures.Count(payout.FirstAfterDays, "day")} after the funded account opens, then every {figures.Count(payout.CycleDays, "day")}.{minimum}", []);

        var profit = balance / 25m;
        var growth = payout.SplitStep.Value > 0 && payout.SplitCap > payout.Split
            ? $" With each payout your share grows by {figures.Number(payout.SplitStep.Value)} points, up to {figures.Percent(payout.SplitCap)}." : "";
        var range = growth.Length > 0 ? $"{figures.Percent(payout.Split)} … {figures.Percent(payout.SplitCap)}" : figures.Percent(payout.Split);
        yield return new RuleText(RuleKind.Split, "Profit split", range, $"Of the profit since the last payout {figures.Percent(payout.Split)} is yours, rounded down to the cent.{growth}",
            [new ExampleStep($"With a profit of {figures.Money(profit)} you receive {figures.Money(Round(payout.Split.Of(profit), figures))}{(growth.Length > 0 ? $", and {figures.Money(Round(payout.SplitAfter(1).Of(profit), figures))} the second time" : "")}.")]);
    }

    private static decimal Round(decimal amount, Figures figures) => decimal.Floor(amount / figures.Coin) * figures.Coin;
}
