using System.Diagnostics;

namespace TradeSense.Benchmarks.Measuring;

/// <summary>How long many callers waited, collected without a lock between them: one list for each caller.</summary>
public sealed class Waits(int callers)
{
    private readonly List<long>[] _of = [.. Enumerable.Range(0, callers).Select(_ => new List<long>(4096))];

    public void Add(int caller, long startedAt) => _of[caller].Add(Stopwatch.GetTimestamp() - startedAt);

    public int Count => _of.Sum(list => list.Count);

    /// <summary>The reading of a run: how much was done in a second, and the wait that one of a hundred exceeded.</summary>
    public Reading Over(TimeSpan elapsed)
    {
        var all = new List<long>(Count);
        foreach (var list in _of) all.AddRange(list);
        all.Sort();
        if (all.Count == 0) throw new InvalidOperationException("Nothing was done in the whole run.");
        return new Reading(all.Count * (decimal)TimeSpan.TicksPerSecond / elapsed.Ticks, Milliseconds(all[all.Count * 99 / 100]));
    }

    public static decimal Milliseconds(long ticks) => ticks * 1000m / Stopwatch.Frequency;
}
