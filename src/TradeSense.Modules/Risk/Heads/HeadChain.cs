using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Receipts;

namespace TradeSense.Modules.Risk.Heads;

/// <summary>A day's head as it is published: what was signed, to the byte, the signature and the key.</summary>
public sealed record PublishedHead(string Text, string Signature, string PublicKey)
{
    public string Hash => HeadChain.HashOf(Text);
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(PublicKey)));
    public DateOnly Day => DateOnly.ParseExact(Line("day"), "yyyy-MM-dd", CultureInfo.InvariantCulture);
    public string Previous => Line("previous");

    private string Line(string name) =>
        Text.Split('\n').FirstOrDefault(line => line.StartsWith(name + ' ', StringComparison.Ordinal))?[(name.Length + 1)..] ?? throw new FormatException($"A head without “{name}”.");
}

/// <summary>Daily heads as links of one chain: each names the one before by the hash of its whole text, so that none can be written anew without all after it.</summary>
public static class HeadChain
{
    /// <summary>What the first head of a brand names as the one before.</summary>
    public static string Root => MerkleTree.Empty;

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>One JSON object a line, oldest first: a file that grows at its end.</summary>
    public static string Write(IEnumerable<PublishedHead> heads) => string.Concat(heads.Select(head => JsonSerializer.Serialize(new { head.Text, head.Signature, head.PublicKey }, Json.Options) + "\n"));

    /// <summary>Null when it is no such file.</summary>
    public static IReadOnlyList<PublishedHead>? Read(string file)
    {
        try
        {
            List<PublishedHead?> heads = [.. file.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonSerializer.Deserialize<PublishedHead>(line, Json.Options))];
            return heads.Count > 0 && heads.TrueForAll(head => head is { Text: not null, Signature: not null, PublicKey: not null } && head.Day != default && head.Previous.Length > 0 && head.Fingerprint.Length > 0)
                ? [.. heads.OfType<PublishedHead>()]
                : null;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Follows the chain. Heads from several files are put together: where two say different things of one day, the brand signed two histories.</summary>
    /// <param name="keys">Fingerprints known to be the brand's; null leaves that open.</param>
    /// <param name="covering">A bundle's head, which must be one of them.</param>
    public static IEnumerable<Difference> Check(IReadOnlyList<PublishedHead> heads, IReadOnlyCollection<string>? keys, EvidenceBundle.SignedHead? covering = null)
    {
        PublishedHead? before = null;
        foreach (var head in heads.Distinct().OrderBy(head => head.Day))
        {
            var name = $"head {head.Day:yyyy-MM-dd}";
            if (keys?.Contains(head.Fingerprint) == false) yield return new($"{name}.fingerprint", $"{string.Join(" or ", keys)}, the published key", head.Fingerprint);
            if (!BrandSignature.Holds(head.PublicKey, head.Text, head.Signature)) yield return new($"{name}.signature", $"a signature under “{head.Text.Trim().ReplaceLineEndings(", ")}”", head.Signature);
            if (before?.Day == head.Day)
            {
                yield return new(name, $"one text, {OneLine(before)}", $"another signed for the same day, {OneLine(head)}");
                continue;
            }

            if (before is not null && head.Previous != before.Hash) yield return new($"{name}.previous", $"{before.Hash}, the hash of the head of {before.Day:yyyy-MM-dd}", head.Previous);
            before = head;
        }

        if (covering is not null && heads.All(head => head.Text != covering.Text))
            yield return new("head", $"one of the heads given, for {covering.Day:yyyy-MM-dd} {heads.Where(head => head.Day == covering.Day).Select(OneLine).FirstOrDefault("none")}", covering.Text.Trim().ReplaceLineEndings(", "));
    }

    private static string OneLine(PublishedHead head) => head.Text.Trim().ReplaceLineEndings(", ");
}
