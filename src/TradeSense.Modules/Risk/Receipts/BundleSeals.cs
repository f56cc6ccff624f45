using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using TradeSense.Engine.Accounts;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Whether anything in a bundle was altered: hashes from the terms to the digest, and the signatures. What was altered is named, and what it was where that can be found.</summary>
internal static class BundleSeals
{
    private const string Unknown = "what its hash was taken of";

    public static IEnumerable<Difference> Check(EvidenceBundle bundle, string? digest)
    {
        if (bundle.Format != EvidenceBundle.CurrentFormat) yield return new("format", EvidenceBundle.CurrentFormat, bundle.Format);
        foreach (var different in Terms(bundle).Concat(JournalChain.Check(bundle)).Concat(Quotes(bundle)).Concat(Digest(bundle, digest)).Concat(Seal(bundle)).Concat(Head(bundle))) yield return different;
    }

    private static IEnumerable<Difference> Terms(EvidenceBundle bundle)
    {
        var hash = TermsHash.Of(bundle.Terms);
        if (hash == bundle.TermsHash) return [];
        if ((bundle with { TermsHash = hash }).ComputeDigest() == bundle.Digest) return [new("termsHash", hash, bundle.TermsHash)];

        var found = JsonSerializer.Serialize(bundle.Terms, Json.Options);
        return Edits.Before(found, text => HashOf(text) == bundle.TermsHash) is { } before ? Difference.Between("terms", before, found) : [new("terms", Unknown, found)];
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<Difference> Quotes(EvidenceBundle bundle)
    {
        var before = "";
        for (var i = 0; i < bundle.Quotes.Count; i++)
        {
            var (line, stated) = bundle.Quotes[i];
            var (hash, previous) = (EvidenceBundle.HashOfLine(before, line), before);
            before = stated;
            if (hash == stated) continue;

            // Where the next line follows on the hash worked out here, or the quotes' own fingerprint is it, the line is whole and its hash was altered.
            var next = i + 1 < bundle.Quotes.Count ? EvidenceBundle.HashOfLine(hash, bundle.Quotes[i + 1].Line) == bundle.Quotes[i + 1].Hash : hash == bundle.QuotesHash;
            yield return next
                ? new Difference($"quotes[{i}].hash", hash, stated)
                : Edits.Before(line, text => EvidenceBundle.HashOfLine(previous, text) == stated) is { } whole ? new Difference($"quotes[{i}].line", whole, line) : Misplaced(bundle, i);
            yield break;
        }

        if (EvidenceBundle.HashOf(bundle.Quotes) is var all && all != bundle.QuotesHash) yield return new("quotesHash", all, bundle.QuotesHash);
    }

    /// <summary>Neither the line nor its hash was altered by a little: a line was put in before it, or taken out, or it is another altogether.</summary>
    private static Difference Misplaced(EvidenceBundle bundle, int i)
    {
        var (quotes, line) = (bundle.Quotes, bundle.Quotes[i].Line);
        var twoBefore = i >= 2 ? quotes[i - 2].Hash : "";
        if (i >= 1 && EvidenceBundle.HashOfLine(twoBefore, line) == quotes[i].Hash) return new($"quotes[{i - 1}].line", "nothing", quotes[i - 1].Line);

        var followed = i + 1 < quotes.Count ? EvidenceBundle.HashOfLine(quotes[i].Hash, quotes[i + 1].Line) == quotes[i + 1].Hash : quotes[i].Hash == bundle.QuotesHash;
        return new($"quotes[{i}].line", followed ? $"{Unknown}; all after it is whole, so that this line is another, or one before it was taken out" : Unknown, line);
    }

    private static IEnumerable<Difference> Digest(EvidenceBundle bundle, string? receipt)
    {
        var digest = bundle.ComputeDigest();
        if (receipt is not null && receipt != bundle.Digest) yield return new("digest", $"{receipt}, as the receipt states", bundle.Digest);
        if (digest == bundle.Digest) yield break;

        if (bundle.Seal is { } seal && BrandSignature.Holds(seal.PublicKey, EvidenceBundle.DigestSeal.TextOf(digest), seal.Signature)) yield return new("digest", digest, bundle.Digest);
        else if (Plain(bundle) is { } plain) yield return plain;
        else yield return new("digest", digest, bundle.Digest);
    }

    /// <summary>One of the fields that only the digest covers.</summary>
    private static Difference? Plain(EvidenceBundle bundle)
    {
        Difference? Try(string field, string found, Func<string, EvidenceBundle?> with, string? alphabet = null) =>
            OneCharacter.Before(found, text => with(text) is { } other && other.ComputeDigest() == bundle.Digest, alphabet) is { } before ? new Difference(field, before, found) : null;

        const string Hex = "0123456789abcdef", Digits = "0123456789";
        return Try("receipt", bundle.Receipt.ToString(), text => Guid.TryParse(text, out var id) ? bundle with { Receipt = id } : null, Hex)
            ?? Try("number", bundle.Number.ToString(CultureInfo.InvariantCulture), text => long.TryParse(text, out var number) ? bundle with { Number = number } : null, Digits)
            ?? Try("verdict", bundle.Verdict.ToString(CultureInfo.InvariantCulture), text => long.TryParse(text, out var number) ? bundle with { Verdict = number } : null, Digits)
            ?? Try("modelHash", bundle.ModelHash ?? "", text => bundle with { ModelHash = text }, Hex)
            ?? Try("buildVersion", bundle.BuildVersion, text => bundle with { BuildVersion = text });
    }

    private static IEnumerable<Difference> Seal(EvidenceBundle bundle) => bundle.Seal is not { } seal
        ? [new("seal", "the brand's signature", "nothing")]
        : Signed("seal", seal.PublicKey, seal.Fingerprint, seal.Signature, EvidenceBundle.DigestSeal.TextOf(bundle.Digest));

    private static IEnumerable<Difference> Head(EvidenceBundle bundle)
    {
        if (bundle.Head is not { } head)
        {
            if (bundle.Journal.Count > bundle.Verdict) yield return new("journal", $"no entry after the verdict's ({bundle.Verdict})", $"{bundle.Journal.Count} entries");
            yield break;
        }

        foreach (var different in Signed("head", head.PublicKey, head.Fingerprint, head.Signature, head.Text)) yield return different;
        if (head.Sequence != bundle.Journal.Count || head.Sequence < bundle.Verdict) yield return new("head.sequence", bundle.Journal.Count.ToString(CultureInfo.InvariantCulture), head.Sequence.ToString(CultureInfo.InvariantCulture));
        var root = MerkleTree.RootFrom(MerkleTree.Leaf(bundle.Account, head.Sequence, bundle.JournalHashAt(head.Sequence)), head.Path);
        if (root != head.Root) yield return new("head.path", $"a path to the root {head.Root}", $"one to {root}");
    }

    private static IEnumerable<Difference> Signed(string field, string publicKey, string fingerprint, string signature, string text)
    {
        if (publicKey.Any(char.IsAsciiLetterUpper) || !IsHex(publicKey) || Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(publicKey))) != fingerprint)
            yield return new($"{field}.publicKey", $"the key with the fingerprint {fingerprint}", publicKey);
        else if (!BrandSignature.Holds(publicKey, text, signature))
            yield return new($"{field}.signature", $"a signature under “{text.Trim().ReplaceLineEndings(", ")}”", signature);
    }

    private static bool IsHex(string text) => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
}
