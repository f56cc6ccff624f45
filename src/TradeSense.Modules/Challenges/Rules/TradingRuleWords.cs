using TradeSense.Engine.Accounts;

namespace TradeSense.Modules.Challenges.Rules;

/// <summary>The rules about how to trade: weekends and nights, sizes and numbers, news, stop losses that would go too far.</summary>
internal static class TradingRuleWords
{
    /// <summary>Every instrument has its week's end, coins only where the model does not exempt them.</summary>
    public static RuleText Weekend(AccountTerms terms)
    {
        var nights = terms.Rules is { ClosesOvernight: true } ? "Positions are closed at the end of each trading day." : null;
        if (terms.WeekendHolding)
            return new(RuleKind.Weekend, "Weekends", nights is null ? "holding allowed" : "closed each day", nights is null ? "You may hold positions overnight and over the weekend." : $"{nights} You may trade whenever a market is open.", []);

        var coins = terms.Rules is { CoinsAtWeekends: true }
            ? "Coins are exempt: they trade at weekends too and may be held."
            : "Coins too are closed then and cannot be traded again until Sunday 17:00 New York.";
        return new(RuleKind.Weekend, "Weekends", nights is null ? "closed on Friday" : "closed each day",
            $"{nights ?? "You may hold positions overnight during the week."} On Friday at 17:00 New York they are closed at the last price of their instrument. {coins}", []);
    }

    public static string ClassLeverage(AccountTerms terms, Figures figures)
    {
        if (terms.Rules?.LeverageOf is not { } of) return "";
        (string Name, int? Leverage)[] classes = [("currencies", of.Currencies), ("metals", of.Metals), ("indices", of.Indices), ("coins", of.Coins)];
        return $" The divisor is {string.Join(", ", classes.Where(each => each.Leverage is not null).Select(each => $"{figures.Number(each.Leverage!.Value)} for {each.Name}"))}.";
    }

    /// <summary>How much wider than the market's an account's spreads are: of everything, and of the classes that differ.</summary>
    public static string Markup(AccountTerms terms, Figures figures)
    {
        var all = terms.SpreadMarkupPoints == 0 ? "" : $" Spreads are {figures.Count(terms.SpreadMarkupPoints, "point")} wider than the market's.";
        if (terms.Rules?.MarkupOf is not { } of) return all;

        (string Name, int? Points)[] classes = [("currencies", of.Currencies), ("metals", of.Metals), ("indices", of.Indices), ("coins", of.Coins)];
        var named = classes.Where(each => each.Points is not null).Select(each => $"of {each.Name} {figures.Count(each.Points!.Value, "point")}");
        return all == "" ? $" Spreads are wider than the market's: {string.Join(", ", named)}." : $"{all[..^1]}, {string.Join(", ", named)}.";
    }

    public static IEnumerable<RuleText> Of(AccountTerms terms, Figures figures)
    {
        if (terms.Rules is not { } rules) yield break;

        string?[] limits =
        [
            rules.Netting ? "Each instrument has one position: an order on the other side closes it first." : null,
            rules.MaximumOrderLots is { } order ? $"One order has at most {figures.Number(order)} lots." : null,
            rules.MaximumOpenLots is { } open ? $"Open positions and waiting orders together have at most {figures.Number(open)} lots." : null,
            rules.MaximumPositions is { } positions ? $"At most {figures.Count(positions, "position")} may be open." : null,
            rules.MaximumTradesPerDay is { } trades ? $"At most {figures.Count(trades, "trade")} may be opened in a trading day." : null,
        ];
        if (limits.Any(limit => limit is not null))
            yield return new RuleText(RuleKind.Limits, "Sizes and numbers", rules.Netting ? "netting" : "limited", string.Join(' ', limits.OfType<string>()), []);

        if (rules.News is { } news) yield return News(news, figures);
        if (rules.GuardsStopLoss)
        {
            yield return new RuleText(RuleKind.StopLossGuard, "Stop-loss guard", "on",
                "An order with a stop loss is refused when the stop, if it were hit now, would take your equity below a loss limit. The same holds when you move a stop away from the price, and a stop that is set cannot be taken away. An order without a stop loss is not checked.", []);
        }
    }

    private static RuleText News(NewsRule news, Figures figures)
    {
        var window = $"From {figures.Count(news.MinutesBefore, "minute")} before to {figures.Count(news.MinutesAfter, "minute")} after a listed event of one of an instrument's currencies";
        if (news.Effect == NewsEffect.Block)
            return new(RuleKind.News, "News", "no opening", $"{window} nothing can be opened in it, and a waiting order whose price comes then is cancelled. Closing is always allowed.", []);

        const decimal profit = 1000m;
        return new(RuleKind.News, "News", $"{figures.Percent(news.Counted)} counts",
            $"{window}, a trade opened or closed counts with {figures.Percent(news.Counted)} of its profit towards passing: the target, the best day, profitable days. A loss counts in full. Your balance is not reduced.",
            [new ExampleStep($"A profit of {figures.Money(profit)} made in the window counts as {figures.Money(news.Counted.Of(profit))}; a loss of {figures.Money(profit)} counts in full.")]);
    }
}
