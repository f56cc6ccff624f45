using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>A verdict worked out again from a bundle: balance, positions and floors from the journal, equity from positions and quotes, the rule from the terms.</summary>
/// <param name="Steps">What the account was worth at each quote on the way.</param>
/// <param name="Floors">How the floors came about.</param>
public sealed record BundleVerdict(Breach Breach, BreachEvidence Evidence, IReadOnlyList<EquitySteps.Step> Steps, IReadOnlyList<FloorStep> Floors, IReadOnlyList<Difference> Differences)
{
    /// <summary>Null when the entry that should be the verdict is none.</summary>
    public static BundleVerdict? Of(EvidenceBundle bundle)
    {
        if (bundle.Verdict < 1 || bundle.Verdict > bundle.Journal.Count) return null;

        var facts = bundle.Journal.Take((int)bundle.Verdict).Select(entry => EventText.Read(entry.Kind, entry.Body)).ToList();
        var (breach, evidence) = facts[^1] switch
        {
            AccountFailed failed => (failed.Breach, failed.Evidence),
            AccountPaused paused => (paused.Breach, paused.Evidence),
            _ => (null, null),
        };
        if (breach is null || evidence is null) return null;

        var again = new JournalAgain(bundle.Terms);
        for (var i = 0; i < facts.Count - 1; i++) again.Apply(facts[i], $"journal[{i}].body");
        var isDayEnd = breach.At == TradingDayClock.StartOf(bundle.Terms.TradingDay, evidence.TradingDay.AddDays(1));
        if (isDayEnd) again.EndDay();

        var quotes = bundle.Quotes.Select(quote => QuoteWindow.Read(quote.Line)).ToList();
        var path = $"journal[{bundle.Verdict - 1}].body";
        var last = evidence.Quotes.ToDictionary(quote => quote.Symbol, StringComparer.Ordinal);
        if (EquitySteps.Missing(evidence.Positions.Select(position => position.State), bundle.Terms, last).ToList() is { Count: > 0 } missing)
            return new BundleVerdict(breach, evidence, [], again.Steps, [.. again.Problems, new($"{path}.evidence.quotes", $"a quote of {string.Join(", ", missing)}", "none")]);

        var steps = EquitySteps.Of(evidence, bundle.Terms, quotes, facts.Count > 1 ? facts[^2].At : breach.At, breach.At);
        return new BundleVerdict(breach, evidence, steps, again.Steps, [.. again.Problems, .. Check(bundle, again, breach, evidence, quotes, isDayEnd), .. new WindowCheck(bundle, facts, quotes).Run(breach, evidence, steps)]);
    }

    private static IEnumerable<Difference> Check(EvidenceBundle bundle, JournalAgain again, Breach breach, BreachEvidence evidence, IReadOnlyList<Quote> quotes, bool isDayEnd)
    {
        var path = $"journal[{bundle.Verdict - 1}].body";
        Difference? Hold(string field, decimal? worked, decimal? stated) => worked == stated ? null : new Difference($"{path}.{field}", Figures.Text(worked), Figures.Text(stated));

        var last = evidence.Quotes.ToDictionary(quote => quote.Symbol, StringComparer.Ordinal);
        var equity = evidence.BalanceBefore + evidence.Positions.Sum(position => EquitySteps.Profit(position.State, bundle.Terms, last));
        Difference?[] figures =
        [
            Hold("evidence.balanceBefore", again.Balance, evidence.BalanceBefore),
            Hold("evidence.dailyFloor", again.Limits.DailyFloor, evidence.DailyFloor),
            Hold("evidence.overallFloor", again.Limits.OverallFloor, evidence.OverallFloor),
            Hold("evidence.peak", again.Limits.Peak, evidence.Peak),
            Hold("evidence.size", again.Size, evidence.Size),
            JournalAgain.IsSame(equity, breach.Equity) ? null : Hold("breach.equity", equity, breach.Equity),
            JournalAgain.IsSame(equity, evidence.BalanceBefore + evidence.Floating) ? null : Hold("evidence.floating", equity - evidence.BalanceBefore, evidence.Floating),
            Hold("evidence.dailyAnchor", again.Limits.Anchor, evidence.DailyAnchor),
        ];
        foreach (var figure in figures)
            if (figure is not null) yield return figure;

        foreach (var different in Positions(path, again.Open, evidence, bundle.Terms, last)) yield return different;

        var loss = again.Loss;
        var crossed = again.Limits.Crossed(loss, breach.Equity, withDaily: isDayEnd || loss.Daily?.Evaluate == Evaluation.Tick);
        if (crossed is not { } verdict || verdict.Rule != breach.Rule || verdict.Floor != breach.Floor)
            yield return new($"{path}.breach", crossed is { } other ? $"{other.Rule} at {Figures.Text(other.Floor)}" : "no rule crossed", $"{breach.Rule} at {Figures.Text(breach.Floor)}");
    }

    /// <summary>The positions marked are those the journal leaves open: side, size and price of each.</summary>
    private static IEnumerable<Difference> Positions(string path, IReadOnlyCollection<PositionState> open, BreachEvidence evidence, AccountTerms terms, IReadOnlyDictionary<string, Quote> last)
    {
        static string Of(PositionState one) => $"#{one.Number} {one.Side} {Figures.Text(one.Lots.Value)} {one.Symbol} at {Figures.Text(one.OpenPrice.Value)}";
        var (worked, stated) = (string.Join(", ", open.OrderBy(one => one.Number).Select(Of)), string.Join(", ", evidence.Positions.Select(one => one.State).OrderBy(one => one.Number).Select(Of)));
        foreach (var one in evidence.Positions)
            if (!JournalAgain.IsSame(EquitySteps.Profit(one.State, terms, last), one.Profit)) yield return new($"{path}.evidence.positions.#{one.State.Number.Value}.profit", Figures.Text(EquitySteps.Profit(one.State, terms, last)), Figures.Text(one.Profit));
        if (worked != stated) yield return new($"{path}.evidence.positions", worked.Length == 0 ? "none" : worked, stated.Length == 0 ? "none" : stated);
    }
}
