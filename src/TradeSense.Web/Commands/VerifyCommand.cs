using System.Security.Cryptography;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Risk.Receipts;

namespace TradeSense.Web.Commands;

/// <summary><c>tradesense verify BUNDLE [DIGEST] [--key KEY]… [--heads FILE]…</c>: recomputes a verdict from its bundle alone, without a database.</summary>
public static class VerifyCommand
{
    private const string Help = """
        usage: tradesense verify BUNDLE [DIGEST] [--key KEY]… [--heads FILE]…
               tradesense verify --heads FILE [--heads FILE]… [--key KEY]…
               tradesense verify --audit TENANT

        Recomputes a breach verdict from its evidence bundle alone: hashes and signatures first, then balance, positions and floors from the
        account's journal, equity from positions and quotes, and the rule from the terms. No database and no network are used.

          BUNDLE   the file downloaded from the receipt
          DIGEST   the digest printed on the receipt and in its mail: binds the file to that verdict
          --key    a public key of the brand: the file from /verify/heads, or its fingerprint of 64 digits as printed on the receipt, in its
                   mail and under /verify/heads. Without it the signatures are checked against the key in the bundle itself, which anybody
                   can have made. A brand that changed its key has several; give each.
          --heads  daily signed heads, as the chain from /verify/heads or copies kept of it: each must be signed, must name the one before
                   by the hash of its whole text, and no day may be signed twice with different content. With a bundle its head must be
                   one of them.
          --audit  recomputes the audit trail of a tenant in the database instead

        Exit codes: 0 the verdict stands, signed by a key you gave; 3 the verdict follows from the file, but nobody has shown whose key signed
        it; 1 it differs, each difference on a line "field: expected …, found …" on standard error; 2 something given cannot be read.
        """;

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        if (args is ["--help"] or ["-h"])
        {
            await output.WriteLineAsync(Help);
            return 0;
        }

        if (Words.Of(args) is not { } words) return await Unreadable(error, Help);
        if (words.Files.FirstOrDefault(file => !File.Exists(file)) is { } missing) return await Unreadable(error, $"{missing}: there is no such file");

        var keys = new List<string>();
        foreach (var key in words.Keys)
        {
            if (await Fingerprint(key) is not { } known) return await Unreadable(error, $"{key}: not a public key in PEM, nor a fingerprint");
            keys.Add(known);
        }

        var heads = new List<PublishedHead>();
        foreach (var file in words.Heads)
        {
            if (HeadChain.Read(await File.ReadAllTextAsync(file)) is not { } some) return await Unreadable(error, $"{file}: not a chain of signed heads");
            heads.AddRange(some);
        }

        IReadOnlyCollection<string>? given = keys.Count == 0 ? null : keys;
        var report = words.Bundle is { } bundle ? VerifyBundle.Run(await File.ReadAllTextAsync(bundle), words.Digest, given) : null;
        return await Tell(new Found(words, report, heads, given), output, error);
    }

    private sealed record Found(Words Words, VerifyBundle.Report? Report, IReadOnlyList<PublishedHead> Heads, IReadOnlyCollection<string>? Keys);

    private static async Task<int> Tell(Found found, TextWriter output, TextWriter error)
    {
        if (found.Report?.Unreadable is { } why) return await Unreadable(error, $"{found.Words.Bundle}: not an evidence bundle: {why}");

        List<Difference> differences = [.. found.Report?.Differences ?? []];
        if (found.Words.Heads.Count > 0) differences.AddRange(HeadChain.Check(found.Heads, found.Keys, found.Report?.Bundle?.Head));
        foreach (var difference in differences) await error.WriteLineAsync(difference.ToString());
        if (differences.Count > 0) return 1;

        if (found.Heads.Count > 0) await output.WriteLineAsync($"The chain of {found.Heads.Select(head => head.Day).Distinct().Count()} signed heads holds, from {found.Heads.Min(head => head.Day):yyyy-MM-dd} to {found.Heads.Max(head => head.Day):yyyy-MM-dd}.");
        return found.Report is { } report ? await TellVerdict(report, found, output) : await TellKey(found.Keys is not null, found.Heads.FirstOrDefault()?.Fingerprint, output);
    }

    private static async Task<int> TellVerdict(VerifyBundle.Report report, Found found, TextWriter output)
    {
        var (bundle, breach) = (report.Bundle!, report.Verdict!.Breach);
        await output.WriteLineAsync(
            $"{(report.IsKeyProven ? "The verdict stands" : "The verdict follows from this file")}: {breach.Rule}, equity {PlainDecimal.Text(breach.Equity)} against the floor {PlainDecimal.Text(breach.Floor)} at {breach.At.UtcDateTime:O}.");
        await output.WriteLineAsync($"Account {bundle.Number}, {bundle.Journal.Count} journal entries, {bundle.Quotes.Count} quotes, {report.Verdict.Floors.Count} changes of the floors.");
        await output.WriteLineAsync($"Digest {bundle.Digest}{(found.Words.Digest is null ? "" : ", as given")}, signed by key {bundle.Seal!.Fingerprint}. Judged by engine {bundle.BuildVersion}.");
        await output.WriteLineAsync(bundle.Head is { } head ? $"Covered by the head of {head.Day:yyyy-MM-dd}, root {head.Root}." : "No daily head covers it yet.");
        return await TellKey(report.IsKeyProven, bundle.Seal.Fingerprint, output);
    }

    private static async Task<int> TellKey(bool isProven, string? fingerprint, TextWriter output)
    {
        if (isProven) return 0;

        await output.WriteLineAsync($"""
            WHOSE KEY THIS IS NOBODY HAS SHOWN: anybody can write such a file and sign it with a key of his own.
            Compare {fingerprint} with the fingerprint printed on the receipt, in the receipt's mail or under /verify/heads of the brand,
            and give it, or the key downloaded there, with --key.
            """);
        return 3;
    }

    private static async Task<int> Unreadable(TextWriter error, string why)
    {
        await error.WriteLineAsync(why);
        return 2;
    }

    private static async Task<string?> Fingerprint(string fileOrDigits)
    {
        if (!File.Exists(fileOrDigits)) return fileOrDigits.ToLowerInvariant();

        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(await File.ReadAllTextAsync(fileOrDigits));
            return Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        }
        catch (Exception malformed) when (malformed is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What was said on the command line.</summary>
    private sealed record Words(string? Bundle, string? Digest, IReadOnlyList<string> Keys, IReadOnlyList<string> Heads)
    {
        public IEnumerable<string> Files => ((string?[])[Bundle, .. Keys.Where(key => !IsFingerprint(key)), .. Heads]).OfType<string>();

        /// <summary>Null when it makes no sense.</summary>
        public static Words? Of(string[] args)
        {
            var (plain, keys, heads) = (new List<string>(), new List<string>(), new List<string>());
            for (var i = 0; i < args.Length; i++)
            {
                if (args[i] is not ("--key" or "--heads")) plain.Add(args[i]);
                else if (i + 1 == args.Length) return null;
                else (args[i] == "--key" ? keys : heads).Add(args[++i]);
            }

            if (plain.Count > 2 || plain.Any(word => word.StartsWith('-')) || (plain.Count == 0 && heads.Count == 0)) return null;
            return new Words(plain.ElementAtOrDefault(0), plain.ElementAtOrDefault(1), keys, heads);
        }

        private static bool IsFingerprint(string key) => key.Length == 64 && key.All(char.IsAsciiHexDigit);
    }
}
