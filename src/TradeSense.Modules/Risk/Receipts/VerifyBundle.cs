using System.Globalization;
using TradeSense.Engine.Events;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Checks a bundle without any database: first that nothing was changed, then that the verdict follows from what it holds.</summary>
public static class VerifyBundle
{
    /// <summary>Everything that does not hold; empty when the verdict stands.</summary>
    /// <param name="digest">From the receipt as the trader has it; null checks the bundle against itself only.</param>
    public static IReadOnlyList<string> Run(EvidenceBundle bundle, string? digest)
    {
        var problems = Fingerprints(bundle, digest).ToList();
        if (problems.Count > 0 || bundle.Journal.Count == 0) return problems;

        return [.. Verdict(bundle)];
    }

    private static IEnumerable<string> Fingerprints(EvidenceBundle bundle, string? digest)
    {
        if (bundle.Format != EvidenceBundle.CurrentFormat) yield return $"format: “{bundle.Format}” is not known";
        if (TermsHash.Of(bundle.Terms) != bundle.TermsHash) yield return "terms: they do not have the hash that was stated";

        var previous = JournalEntry.Root;
        foreach (var (entry, index) in bundle.Journal.Select((entry, index) => (entry, index)))
        {
            if (entry.Sequence != index + 1) yield return $"journal[{index}]: sequence {entry.Sequence} instead of {index + 1}";
            previous = JournalEntry.HashOf(previous, bundle.Account, entry.Sequence, entry.Kind, entry.Body);
            if (Convert.ToHexStringLower(previous) == entry.Hash) continue;

            yield return $"journal[{index}]: the entry ({entry.Kind}) was changed: its hash is {Convert.ToHexStringLower(previous)}";
            yield break;
        }

        if (bundle.Journal.Count == 0) yield return "journal: it is empty";
        if (EvidenceBundle.HashOfQuotes(bundle.Quotes) != bundle.QuotesHash) yield return "quotes: a price, a digit or a time was changed";
        var stated = EvidenceBundle.DigestOf(bundle.TermsHash, bundle.Journal.LastOrDefault()?.Hash ?? "", bundle.QuotesHash);
        if (stated != bundle.Digest) yield return "digest: it does not belong to these terms, this journal and these quotes";
        if (digest is not null && digest != bundle.Digest) yield return "digest: the receipt states another one, so this is not the bundle of that verdict";
    }

    private static IEnumerable<string> Verdict(EvidenceBundle bundle)
    {
        var facts = bundle.Journal.Select(entry => EventText.Read(entry.Kind, entry.Body)).ToList();
        var (breach, evidence) = facts[^1] switch
        {
            AccountFailed failed => (failed.Breach, failed.Evidence),
            AccountPaused paused => (paused.Breach, paused.Evidence),
            _ => (null, null),
        };
        if (breach is null || evidence is null)
        {
            yield return "journal: its last entry is no verdict";
            yield break;
        }

        var again = new JournalAgain(bundle.Terms);
        foreach (var fact in facts.SkipLast(1)) again.Apply(fact);
        foreach (var problem in again.Problems) yield return problem;

        if (again.Balance != evidence.BalanceBefore) yield return $"balance: {Text(evidence.BalanceBefore)} was stated, the journal makes it {Text(again.Balance)}";
        if (again.Limits.DailyFloor != evidence.DailyFloor) yield return $"daily floor: {Text(evidence.DailyFloor)} was stated, it is {Text(again.Limits.DailyFloor)}";
        // A peak that follows equity rests on every quote of the account's life; the bundle has those of the last minute.
        var followsEquity = bundle.Terms.OverallLoss?.Mode == OverallMode.TrailingEquity;
        if (!followsEquity && again.Limits.OverallFloor != evidence.OverallFloor) yield return $"overall floor: {Text(evidence.OverallFloor)} was stated, it is {Text(again.Limits.OverallFloor)}";

        var quotes = bundle.Quotes.Select(QuoteWindow.Read).ToList();
        foreach (var missing in evidence.Quotes.Where(quote => quote.At >= breach.At - QuoteWindow.Reach && !quotes.Contains(quote))) yield return $"quotes: {QuoteWindow.Line(missing)} decided and is not there";

        var last = evidence.Quotes.ToDictionary(quote => quote.Symbol);
        var equity = evidence.BalanceBefore + evidence.Positions.Sum(position => EquitySteps.Profit(position.State, bundle.Terms, last));
        if (decimal.Round(equity - breach.Equity, 9, MidpointRounding.ToZero) != 0) yield return $"equity: {Text(breach.Equity)} was stated, positions and quotes make it {Text(equity)}";

        var loss = new LossTerms(bundle.Terms.InitialBalance, bundle.Terms.DailyLoss, bundle.Terms.OverallLoss);
        var limits = again.Limits with { DailyFloor = evidence.DailyFloor, OverallFloor = evidence.OverallFloor };
        var atDayStart = facts[^2] is DayStarted day && day.At == breach.At;
        var crossed = limits.Crossed(loss, breach.Equity, withDaily: loss.Daily?.Evaluate == Evaluation.Tick || !atDayStart);
        if (crossed is not { } verdict || verdict.Rule != breach.Rule || verdict.Floor != breach.Floor)
            yield return $"verdict: {breach.Rule} at {Text(breach.Floor)} was stated, the rules say {(crossed is { } other ? $"{other.Rule} at {Text(other.Floor)}" : "no rule was crossed")}";
    }

    private static string Text(decimal? amount) => amount?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
