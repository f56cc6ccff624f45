using System.Globalization;
using TradeSense.Engine.Values;

namespace TradeSense.Web.Commands;

/// <summary>The options of <see cref="ReplayCommand"/>.</summary>
internal sealed record ReplayOptions(IReadOnlyList<string> Quotes, string Orders, string? Rules, string? Group, Currency Currency, int? Leverage)
{
    private static readonly string[] Names = ["--quotes", "--orders", "--rules", "--group", "--account-currency", "--leverage"];

    public static ReplayOptions? Read(string[] args, List<string> problems)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!Names.Contains(args[i])) problems.Add($"{args[i]} is not an option here; known are {string.Join(", ", Names)}");
            else if (i + 1 == args.Length) problems.Add($"{args[i]} needs a value");
            else given[args[i]] = args[i + 1];
        }

        foreach (var needed in Names[..2].Where(n => !given.ContainsKey(n))) problems.Add($"{needed} is missing");
        if (!Currency.TryOf(given.GetValueOrDefault("--account-currency", "USD"), out var currency))
            problems.Add($"--account-currency: '{given["--account-currency"]}' is not a currency known here");
        int? leverage = null;
        if (given.TryGetValue("--leverage", out var text))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1) leverage = number;
            else problems.Add($"--leverage: '{text}' is not a whole number above zero");
        }

        return problems.Count > 0 ? null : new ReplayOptions(given["--quotes"].Split(','), given["--orders"], given.GetValueOrDefault("--rules"), given.GetValueOrDefault("--group"), currency, leverage);
    }
}
