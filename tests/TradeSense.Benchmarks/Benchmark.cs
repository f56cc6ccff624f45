using System.Diagnostics;
using System.Globalization;
using TradeSense.Benchmarks.Ground;
using TradeSense.Benchmarks.Measuring;

namespace TradeSense.Benchmarks;

/// <summary>The targets one after another on one private PostgreSQL, and the table they make.</summary>
internal static class Benchmark
{
    private static readonly Dictionary<string, Func<PrivatePostgres, ResultTable, BenchOptions, CancellationToken, Task>> Targets = new()
    {
        ["P1"] = OrderBench.Measure, ["P2"] = ApiBench.Measure, ["P3"] = BookBench.Measure, ["P4"] = VerdictBench.Measure, ["P5"] = BookBench.Measure, ["P6"] = PageBench.Measure, ["P8"] = SnapshotBench.Measure,
        ["P11"] = BookBench.Measure, ["P12"] = PageBench.Measure, ["P13"] = StartBench.Measure, ["P14"] = StartBench.Measure,
    };

    public static async Task<int> Run(BenchOptions options, TextWriter output, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        await using var server = await PrivatePostgres.Start(ct);
        await output.WriteLineAsync($"{Environment.ProcessorCount} cores for server, PostgreSQL {server.Version} (fsync on, WAL warmed) and load generator together; load of the machine at the start: {Load()}");
        await output.WriteLineAsync($"After a warm-up each side ran {options.Runs} times (P8 and starts at most 3), sides in turn. Median, ± half the spread; the ratio is the median of the rounds' ratios.");
        await output.WriteLineAsync();

        var table = new ResultTable(output);
        table.Head();
        // Some targets are measured on the same ground, hence together.
        foreach (var measure in options.Targets.Select(target => Targets[target]).Distinct()) await measure(server, table, options, ct);
        table.Foot();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"took {clock.Elapsed.TotalSeconds:0} s; load at the end: {Load()}"));
        return 0;
    }

    /// <summary>The kernel's averages over 1, 5 and 15 minutes: what else was going on.</summary>
    private static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";
}
