using System.Text.Json;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Checks a bundle without any database: first that nothing was altered, then that the verdict follows from what it holds.</summary>
public static class VerifyBundle
{
    /// <param name="Bundle">Null when the file is none.</param>
    /// <param name="Verdict">Null when what it would be worked out from was altered.</param>
    /// <param name="Differences">Everything that does not hold; empty when the verdict stands.</param>
    /// <param name="Unreadable">Why the file is no bundle; null when it is one.</param>
    /// <param name="IsWhole">Hashes and signatures hold: the file is as whoever signed it wrote it.</param>
    /// <param name="IsKeyProven">Signed by a key known to be the brand's. Anybody can write a file that holds by a key of his own.</param>
    public sealed record Report(EvidenceBundle? Bundle, BundleVerdict? Verdict, IReadOnlyList<Difference> Differences, string? Unreadable, bool IsWhole = false, bool IsKeyProven = false)
    {
        public bool Stands => Unreadable is null && Differences.Count == 0;
    }

    /// <param name="digest">From the receipt as the trader has it; null checks the bundle against itself and its signatures only.</param>
    /// <param name="keys">Fingerprints of the brand's published keys; null leaves open whose key the bundle was signed with.</param>
    public static Report Run(string text, string? digest = null, IReadOnlyCollection<string>? keys = null)
    {
        try
        {
            var bundle = EvidenceBundle.Read(text);
            List<Difference> altered = [.. BundleSeals.Check(bundle, digest)];
            if (altered.Count == 0) altered.AddRange(AsWritten(text.TrimEnd('\r', '\n'), bundle.Write()));
            List<Difference> strange = [.. Keys(bundle, keys)];
            var isProven = keys is not null && strange.Count == 0;
            if (altered.Count > 0) return new Report(bundle, null, [.. altered, .. strange], null, IsWhole: false, isProven);

            return BundleVerdict.Of(bundle) is { } verdict
                ? new Report(bundle, verdict, [.. strange, .. verdict.Differences], null, IsWhole: true, isProven)
                : new Report(bundle, null, [.. strange, new("verdict", "the sequence of a verdict", $"{bundle.Verdict}")], null, IsWhole: true, isProven);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            return new Report(null, null, [], unreadable.Message);
        }
    }

    private static IEnumerable<Difference> Keys(EvidenceBundle bundle, IReadOnlyCollection<string>? keys)
    {
        if (keys is null) yield break;

        var published = keys.Count == 0 ? "a published key; there is none" : $"{string.Join(" or ", keys)}, the published {(keys.Count == 1 ? "key" : "keys")}";
        if (bundle.Seal is { } seal && !keys.Contains(seal.Fingerprint)) yield return new("seal.fingerprint", published, seal.Fingerprint);
        if (bundle.Head is { } head && !keys.Contains(head.Fingerprint)) yield return new("head.fingerprint", published, head.Fingerprint);
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
