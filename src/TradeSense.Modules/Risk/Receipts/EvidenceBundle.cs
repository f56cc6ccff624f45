using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TradeSense.Engine.Accounts;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Heads;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>All a verdict rests on, in one file that speaks for itself: terms, the account's journal, the quotes around the verdict, and the brand's signatures.</summary>
/// <param name="Verdict">The sequence of the verdict's entry. What follows it in the journal is there to reach the signed head.</param>
/// <param name="Digest">SHA-256 over everything before it; printed on the receipt, it binds a file to the verdict the firm stated.</param>
/// <param name="Seal">The brand's signature under the digest.</param>
/// <param name="Head">The first daily head that covers the verdict; null until it is signed.</param>
public sealed record EvidenceBundle(
    string Format, Guid Receipt, Guid Account, long Number, AccountTerms Terms, string TermsHash, string? ModelHash, string BuildVersion, long Verdict,
    IReadOnlyList<EvidenceBundle.Entry> Journal, IReadOnlyList<EvidenceBundle.QuoteLine> Quotes, string QuotesHash, string Digest, EvidenceBundle.DigestSeal? Seal, EvidenceBundle.SignedHead? Head)
{
    public const string CurrentFormat = "tradesense-evidence-2";

    private static readonly JsonSerializerOptions Strict = new(Json.Options) { PropertyNameCaseInsensitive = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <param name="Marks">Of a long body, the hashes of its pieces: see <see cref="TextMarks"/>. They prove nothing; they tell where an altered body was altered.</param>
    public sealed record Entry(long Sequence, string Kind, string Body, string Hash, TextMarks? Marks = null);

    /// <param name="Hash">SHA-256 of the hash before and this line: each line is bound to all before it.</param>
    public sealed record QuoteLine(string Line, string Hash);

    public sealed record DigestSeal(string PublicKey, string Fingerprint, string Signature)
    {
        public static string TextOf(string digest) => $"tradesense-evidence\n{digest}\n";
    }

    /// <param name="Sequence">How many entries of the journal the head covers.</param>
    /// <param name="Path">From the account's leaf to the root.</param>
    public sealed record SignedHead(
        Guid Brand, DateOnly Day, string Previous, string Root, int Leaves, DateTimeOffset SignedAt, string PublicKey, string Fingerprint, string Signature, long Sequence, IReadOnlyList<string> Path)
    {
        public string Text => JournalHead.TextOf(Brand, Day, Previous, Root, Leaves, SignedAt);
    }

    /// <summary>The file, to the character.</summary>
    public string Write() => JsonSerializer.Serialize(this, Strict);

    /// <exception cref="JsonException">It is no bundle.</exception>
    public static EvidenceBundle Read(string text) => JsonSerializer.Deserialize<EvidenceBundle>(text, Strict) ?? throw new JsonException("The file holds nothing.");

    public static IReadOnlyList<QuoteLine> Chain(IEnumerable<string> lines)
    {
        var (chained, before) = (new List<QuoteLine>(), "");
        foreach (var line in lines) chained.Add(new QuoteLine(line, before = HashOfLine(before, line)));
        return chained;
    }

    public static string HashOfLine(string before, string line) => Hash($"{before}\n{line}");

    /// <summary>The quotes' fingerprint: the last line's hash.</summary>
    public static string HashOf(IReadOnlyList<QuoteLine> quotes) => quotes.Count == 0 ? Hash("") : quotes[^1].Hash;

    public string ComputeDigest() => Hash(string.Create(
        CultureInfo.InvariantCulture, $"{Format}\n{Receipt}\n{Account}\n{Number}\n{TermsHash}\n{ModelHash}\n{BuildVersion}\n{Verdict}\n{JournalHashAt(Verdict)}\n{QuotesHash}"));

    public string JournalHashAt(long sequence) => sequence >= 1 && sequence <= Journal.Count ? Journal[(int)sequence - 1].Hash : "";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
