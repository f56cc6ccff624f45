namespace TradeSense.Benchmarks.Measuring;

/// <summary>What the figures of a row are counted in; all but <see cref="PerSecond"/> are better when smaller.</summary>
public enum Unit { PerSecond, Milliseconds, Seconds, Kilobytes, Bytes }

/// <summary>What one run of one side gave, and the late waits of it where somebody waited.</summary>
public sealed record Reading(decimal Value, decimal P99Milliseconds = 0m);

/// <summary>One way of doing the work: the product's, or a baseline's.</summary>
/// <param name="Run">Does the work once and reads it. The first call is the warm-up and does not count.</param>
public sealed record Contender(string Name, Func<CancellationToken, Task<Reading>> Run);

/// <summary>The readings of one side, in the order of the rounds.</summary>
public sealed record Figures(string Name, IReadOnlyList<Reading> Readings)
{
    public decimal Median => MedianOf(Readings.Select(reading => reading.Value));

    /// <summary>Distance from the least to the greatest reading, as a part of the median.</summary>
    public decimal Spread => Median == 0 ? 0 : (Readings.Max(reading => reading.Value) - Readings.Min(reading => reading.Value)) / Median;

    /// <summary>The same rounds' late waits as figures of their own.</summary>
    public Figures Waits => new(Name, [.. Readings.Select(reading => new Reading(reading.P99Milliseconds))]);

    /// <summary>The median of the rounds' own ratios: both sides of a round ran within seconds of each other, so a machine that was busy for a while weighs on both.</summary>
    public decimal RatioTo(Figures other)
    {
        if (other.Readings.Count != Readings.Count) throw new ArgumentException($"{Name} and {other.Name} did not run the same rounds.", nameof(other));
        return MedianOf(Readings.Zip(other.Readings, (own, others) => others.Value == 0 ? throw new InvalidOperationException($"{other.Name} read nothing.") : own.Value / others.Value));
    }

    private static decimal MedianOf(IEnumerable<decimal> values)
    {
        decimal[] sorted = [.. values.Order()];
        if (sorted.Length == 0) throw new InvalidOperationException("There was no run.");
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2m;
    }
}

/// <summary>Sides run in turn, round by round, and each round begins with another side: what a neighbour on the machine does hits all of them alike.</summary>
public static class Rounds
{
    public static async Task<IReadOnlyList<Figures>> Run(int runs, CancellationToken ct, params IReadOnlyList<Contender> sides)
    {
        foreach (var side in sides) await side.Run(ct);

        var readings = sides.Select(_ => new List<Reading>()).ToList();
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < sides.Count; i++)
            {
                var turn = (run + i) % sides.Count;
                readings[turn].Add(await sides[turn].Run(ct));
            }
        }

        return [.. sides.Zip(readings, (side, of) => new Figures(side.Name, of))];
    }
}
