using System.Text.Json;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Checks a bundle without any database: first that nothing was altered, then that the verdict follows from what it holds.</summary>
public static class VerifyBundle
{
    /// <param name="Bundle">Null when the file is none.</param>
    /// <param name="Verdict">Null when what it would be worked out from was altered.</param>
    /// <param name="Differences">Everything that does not hold; empty when the verdict stands.</param>
    /// <param name="Unreadable">Why the file is no bundle; null when it is one.</param>
    public sealed record Report(EvidenceBundle? Bundle, BundleVerdict? Verdict, IReadOnlyList<Difference> Differences, string? Unreadable)
    {
        public bool Stands => Unreadable is null && Differences.Count == 0;
    }

    /// <param name="digest">From the receipt as the trader has it; null checks the bundle against itself and its signatures only.</param>
    /// <param name="fingerprint">Of the brand's published key; null trusts the key in the bundle.</param>
    public static Report Run(string text, string? digest = null, string? fingerprint = null)
    {
        try
        {
            var bundle = EvidenceBundle.Read(text);
            List<Difference> altered = [.. BundleSeals.Check(bundle, digest), .. Keys(bundle, fingerprint)];
            if (altered.Count == 0) altered.AddRange(AsWritten(text.TrimEnd('\r', '\n'), bundle.Write()));
            if (altered.Count > 0) return new Report(bundle, null, altered, null);

            return BundleVerdict.Of(bundle) is { } verdict
                ? new Report(bundle, verdict, verdict.Differences, null)
                : new Report(bundle, null, [new("verdict", "the sequence of a verdict", $"{bundle.Verdict}")], null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            return new Report(null, null, [], unreadable.Message);
        }
    }

    private static IEnumerable<Difference> Keys(EvidenceBundle bundle, string? fingerprint)
    {
        if (fingerprint is null) yield break;
        if (bundle.Seal is { } seal && seal.Fingerprint != fingerprint) yield return new("seal.fingerprint", $"{fingerprint}, the published key", seal.Fingerprint);
        if (bundle.Head is { } head && head.Fingerprint != fingerprint) yield return new("head.fingerprint", $"{fingerprint}, the published key", head.Fingerprint);
    }

    /// <summary>A figure can be written in two ways that read the same; a bundle is written in one.</summary>
    private static IEnumerable<Difference> AsWritten(string found, string expected)
    {
        var at = found.Zip(expected).TakeWhile(pair => pair.First == pair.Second).Count();
        if (at == found.Length && at == expected.Length) yield break;
        static string Around(string text, int at) => at >= text.Length ? "the end" : $"“{text.Substring(Math.Max(0, at - 20), Math.Min(40, text.Length - Math.Max(0, at - 20)))}”";
        yield return new($"character {at + 1} of the file", Around(expected, at), Around(found, at));
    }
}
