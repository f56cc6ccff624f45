using System.Globalization;

namespace TradeSense.Benchmarks;

/// <summary>What is asked for on the command line.</summary>
/// <param name="Accounts">How many accounts the day snapshot is measured with.</param>
internal sealed record BenchOptions(IReadOnlyList<string> Targets, int Runs, TimeSpan RunLength, int Accounts, int Streams)
{
    public const string Usage = """
        bench [engine | P1 P2 P6 P8 P13 …] [--runs N] [--seconds S] [--accounts N] [--streams N]

          no argument    every target, each beside its baseline, in about ten minutes
          --runs N       rounds that count after the warm-up (5)
          --seconds S    how long a run of orders or pages lasts (2)
          --accounts N   accounts of the day snapshot, P8 (1000000)
          --streams N    live streams open at once, P12 (5000)
        """;

    public static readonly string[] All = ["P1", "P2", "P3", "P4", "P5", "P6", "P8", "P11", "P12", "P13", "P14"];

    public static BenchOptions? Read(string[] arguments)
    {
        var options = new BenchOptions([], 5, TimeSpan.FromSeconds(2), 1_000_000, 5_000);
        List<string> targets = [];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                if (i + 1 == arguments.Length || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return null;
                switch (arguments[i++])
                {
                    case "--runs": options = options with { Runs = number }; break;
                    case "--seconds": options = options with { RunLength = TimeSpan.FromSeconds(number) }; break;
                    case "--streams": options = options with { Streams = number }; break;
                    case "--accounts": options = options with { Accounts = number }; break;
                    default: return null;
                }
            }
            else if (All.FirstOrDefault(target => target.Equals(arguments[i], StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                targets.Add(known);
            }
            else
            {
                return null;
            }
        }

        return options with { Targets = targets.Count == 0 ? All : targets };
    }
}
