using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>A verdict and the facts of the minute before it, held against the quotes of that minute: the verdict took each symbol's last quote, and no quote before had crossed the floor.</summary>
/// <remarks>
/// Quotes of one symbol come in the order of their instants; between symbols one can be a little longer under way. So a quote stamped less than
/// <see cref="Late"/> before a fact may have come after it. And a verdict may fall late by the time in which another process takes the accounts over.
/// </remarks>
internal sealed class WindowCheck(EvidenceBundle bundle, IReadOnlyList<EngineEvent> facts, IReadOnlyList<Quote> window)
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(15);

    public IEnumerable<Difference> Run(Breach breach, BreachEvidence evidence, IReadOnlyList<EquitySteps.Step> steps)
    {
        var path = $"journal[{bundle.Verdict - 1}].body";
        foreach (var outside in window.Where(quote => (quote.At - breach.At).Duration() > QuoteWindow.Reach))
            yield return new("quotes", $"only quotes within a minute of {breach.At.UtcDateTime:O}", QuoteWindow.Line(outside));
        foreach (var used in evidence.Quotes)
        {
            if (used.At > breach.At) yield return new($"{path}.evidence.quotes.{used.Symbol}", $"a quote of {breach.At.UtcDateTime:O} or before", QuoteWindow.Line(used));
            if (LastBefore(used.Symbol, breach.At - Late) is { } certain && certain.At > used.At && LastBefore(used.Symbol, breach.At) is { } last)
                yield return new($"{path}.evidence.quotes.{used.Symbol}", $"{QuoteWindow.Line(last)}, the symbol's last before the verdict", QuoteWindow.Line(used));
        }

        // Of other symbols the window has no quotes, so nothing can be said of them.
        var known = evidence.Quotes.Select(quote => quote.Symbol).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in facts.SelectMany(QuotesOf).Distinct().Where(quote => known.Contains(quote.Symbol) && quote.At >= breach.At - QuoteWindow.Reach && !window.Contains(quote)))
            yield return new("quotes", QuoteWindow.Line(missing), "nothing");
        for (var i = 0; i < facts.Count - 1; i++)
            if (PriceNobodyQuoted(facts[i], known) is { } price) yield return new($"journal[{i}].body.price", price.Expected, price.Found);
        if (CrossedEarlier(breach, steps) is { } earlier)
            yield return new($"{path}.breach.at", $"{earlier.Quote.At.UtcDateTime:O}, when {QuoteWindow.Line(earlier.Quote)} made the equity {Figures.Text(earlier.Equity)}", $"{breach.At.UtcDateTime:O}");
    }

    private static IEnumerable<Quote> QuotesOf(EngineEvent fact) => fact switch
    {
        AccountFailed failed => failed.Evidence.Quotes,
        AccountPaused paused => paused.Evidence.Quotes,
        PeakRaised peak => peak.Quotes,
        DayStarted day => day.Quotes ?? [],
        PositionClosed closed => closed.Rates ?? [],
        SwapCharged swap => swap.Rates ?? [],
        _ => [],
    };

    /// <summary>A fill within the window was at a quote of that moment, with the account's mark-up.</summary>
    private (string Expected, string Found)? PriceNobodyQuoted(EngineEvent fact, HashSet<string> known)
    {
        var fill = fact switch
        {
            PositionOpened opened => (opened.Symbol, opened.Price, IsBuy: opened.Side == Side.Buy),
            PositionClosed closed => (closed.Symbol, closed.Price, IsBuy: closed.Side == Side.Sell),
            _ => ((string Symbol, Price Price, bool IsBuy)?)null,
        };
        if (fill is not { } one || !known.Contains(one.Symbol) || LastBefore(one.Symbol, fact.At - Late) is not { } first) return null;

        var half = bundle.Terms.SpreadMarkupPoints / 2m * EquitySteps.PointOf(InstrumentCatalog.All.Single(instrument => instrument.Symbol == one.Symbol));
        List<decimal> prices = [.. window.Where(quote => quote.Symbol == one.Symbol && quote.At >= first.At && quote.At <= fact.At).Select(quote => one.IsBuy ? quote.Ask.Value + half : quote.Bid.Value - half)];
        return prices.Contains(one.Price.Value) ? null : ($"{Figures.Text(prices[^1])}, as quoted then", Figures.Text(one.Price.Value));
    }

    /// <summary>A quote from which on the equity stood across the floor, so long before the verdict that nothing explains it.</summary>
    private EquitySteps.Step? CrossedEarlier(Breach breach, IReadOnlyList<EquitySteps.Step> steps)
    {
        var loss = LossTerms.Of(bundle.Terms);
        var isJudgedAlways = breach.Rule == LossRule.OverallLoss || loss.Daily?.Evaluate == Evaluation.Tick;
        if (!isJudgedAlways) return null;

        if ((breach.Rule == LossRule.OverallLoss ? loss.Overall?.Compare : loss.Daily?.Compare) is not { } compare) return null;
        EquitySteps.Step? since = null;
        foreach (var step in steps)
        {
            var isCrossed = compare == Comparison.AtOrBelow ? step.Equity <= breach.Floor : step.Equity < breach.Floor;
            since = isCrossed ? since ?? step : null;
            if (since is not null && step.Quote.At - since.Quote.At >= TakeOver && breach.At - since.Quote.At >= TakeOver) return since;
        }

        return null;
    }

    private Quote? LastBefore(string symbol, DateTimeOffset at)
    {
        for (var i = window.Count - 1; i >= 0; i--)
            if (window[i].Symbol == symbol && window[i].At <= at) return window[i];
        return null;
    }
}
