using System.Text.Json;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Receipts;

namespace TradeSense.Web.Commands;

/// <summary><c>tradesense verify BUNDLE [DIGEST]</c>: recomputes a verdict from its bundle alone. 0: it stands; 1: it differs, and how; 2: not readable.</summary>
public static class VerifyCommand
{
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        if (args.Length is 0 or > 2 || !File.Exists(args[0]))
        {
            await error.WriteLineAsync(args.Length is 1 or 2 ? $"{args[0]}: there is no such file" : "usage: tradesense verify BUNDLE [DIGEST]");
            return 2;
        }

        try
        {
            var bundle = JsonSerializer.Deserialize<EvidenceBundle>(await File.ReadAllTextAsync(args[0]), Json.Options) ?? throw new JsonException("The file holds nothing.");
            var problems = VerifyBundle.Run(bundle, args.ElementAtOrDefault(1));
            foreach (var problem in problems) await error.WriteLineAsync(problem);
            if (problems.Count == 0) await output.WriteLineAsync($"The verdict stands. Account {bundle.Number}, {bundle.Journal.Count} journal entries, {bundle.Quotes.Count} quotes, digest {bundle.Digest}");
            return problems.Count == 0 ? 0 : 1;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or ArgumentException or KeyNotFoundException)
        {
            await error.WriteLineAsync($"{args[0]}: not an evidence bundle: {unreadable.Message}");
            return 2;
        }
    }
}
