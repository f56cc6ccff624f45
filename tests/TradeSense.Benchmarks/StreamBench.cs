using System.Diagnostics;
using TradeSense.Benchmarks.Ground;
using TradeSense.Benchmarks.Measuring;

namespace TradeSense.Benchmarks;

/// <summary>P12: thousands of terminals' live streams from one process, ten frames of quotes a second, beside a server that writes one shared frame to every connection.</summary>
internal static class StreamBench
{
    public static async Task Measure(ServerUnderTest product, ServerUnderTest baseline, IReadOnlyList<PageRequest> terminals, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        var (own, bare) = (new StreamLoad(product, options.Streams), new StreamLoad(baseline, options.Streams));
        PageRequest[] frames = [new("localhost", "/frames", "", [])];
        // Fewer than ten frames a second would be another measurement, not a bad result.
        var figures = await Rounds.Run(options.Runs, ct,
            new Contender("TradeSense", stop => own.Run(terminals, options.RunLength, stop)),
            new Contender("bare server, one shared frame", stop => bare.Run(frames, options.RunLength, stop)));
        table.Add(new("P12", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{options.Streams:N0} streams: frame to the last of 99 %"), Unit.Milliseconds, figures[0].Waits, figures[1].Waits, Goal.RatioAtMost(3m)));
        table.Add(new("P12", "frames delivered", Unit.PerSecond, figures[0], figures[1], Goal.RatioAtLeast(0.9m)));
        table.Add(new("P12", "memory of a connection", Unit.Kilobytes, ResultTable.Counted("TradeSense", own.KilobytesEach), ResultTable.Counted("bare server, one shared frame", bare.KilobytesEach), Goal.AtMost(40m)));
        table.Note($"a stream got {figures[0].Median / options.Streams:0.0} frames a second; receiving the product's took {own.Cores:0.00} cores of {Environment.ProcessorCount}, sending them {own.ServerCores:0.00}, the baseline's {bare.ServerCores:0.00}");
    }
}
