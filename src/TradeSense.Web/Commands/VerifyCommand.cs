using System.Security.Cryptography;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Receipts;

namespace TradeSense.Web.Commands;

/// <summary><c>tradesense verify BUNDLE [DIGEST] [--key PEM]</c>: recomputes a verdict from its bundle alone, without a database.</summary>
public static class VerifyCommand
{
    private const string Help = """
        usage: tradesense verify BUNDLE [DIGEST] [--key PEM]
               tradesense verify --audit TENANT

        Recomputes a breach verdict from its evidence bundle alone: hashes and signatures first, then balance, positions and floors from the
        account's journal, equity from positions and quotes, and the rule from the terms. No database and no network are used.

          BUNDLE   the file downloaded from the receipt
          DIGEST   the digest printed on the receipt: binds the file to that verdict
          --audit  recomputes the audit trail of a tenant in the database instead
          --key    the brand's public key as published under /verify/heads: binds the signatures to that brand

        Exit codes: 0 the verdict stands; 1 it differs, each difference on a line "field: expected …, found …" on standard error; 2 no readable bundle.
        """;

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        var key = Array.IndexOf(args, "--key") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        string[] plain = key is null ? args : [.. args.Where((_, i) => i != Array.IndexOf(args, "--key") && i != Array.IndexOf(args, "--key") + 1)];
        if (plain is ["--help"] or ["-h"])
        {
            await output.WriteLineAsync(Help);
            return 0;
        }

        if (plain.Length is 0 or > 2 || plain.Any(word => word.StartsWith('-'))) return await Unreadable(error, Help);
        if (new[] { plain[0], key }.FirstOrDefault(file => file is not null && !File.Exists(file)) is { } missing) return await Unreadable(error, $"{missing}: there is no such file");

        string? fingerprint = null;
        if (key is not null)
        {
            if (Fingerprint(await File.ReadAllTextAsync(key)) is not { } known) return await Unreadable(error, $"{key}: not a public key in PEM");
            fingerprint = known;
        }

        return await Tell(plain[0], VerifyBundle.Run(await File.ReadAllTextAsync(plain[0]), plain.ElementAtOrDefault(1), fingerprint), output, error);
    }

    private static async Task<int> Tell(string file, VerifyBundle.Report report, TextWriter output, TextWriter error)
    {
        if (report.Bundle is not { } bundle) return await Unreadable(error, $"{file}: not an evidence bundle: {report.Unreadable}");

        foreach (var difference in report.Differences) await error.WriteLineAsync(difference.ToString());
        if (!report.Stands) return 1;

        var breach = report.Verdict!.Breach;
        await output.WriteLineAsync($"The verdict stands: {breach.Rule}, equity {PlainDecimal.Text(breach.Equity)} against the floor {PlainDecimal.Text(breach.Floor)} at {breach.At.UtcDateTime:O}.");
        await output.WriteLineAsync($"Account {bundle.Number}, {bundle.Journal.Count} journal entries, {bundle.Quotes.Count} quotes, {report.Verdict.Floors.Count} changes of the floors.");
        await output.WriteLineAsync($"Digest {bundle.Digest}, signed by key {bundle.Seal!.Fingerprint}. Judged by engine {bundle.BuildVersion}.");
        await output.WriteLineAsync(bundle.Head is { } head ? $"Covered by the head of {head.Day:yyyy-MM-dd}, root {head.Root}." : "No daily head covers it yet.");
        return 0;
    }

    private static async Task<int> Unreadable(TextWriter error, string why)
    {
        await error.WriteLineAsync(why);
        return 2;
    }

    private static string? Fingerprint(string pem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        }
        catch (Exception malformed) when (malformed is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
