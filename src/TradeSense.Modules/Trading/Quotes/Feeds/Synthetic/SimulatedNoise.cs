namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>Random numbers by position instead of by sequence: the same seed and place give the same number, whatever was asked before.</summary>
/// <remarks>Binary floating point is used in the files named Simulated…: they imitate a market, no money is counted in them.</remarks>
internal static class SimulatedNoise
{
    /// <summary>Finaliser of SplitMix64: every bit of the key reaches every bit of the result.</summary>
    public static ulong Hash(ulong seed, ulong key)
    {
        var z = seed + (key * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>The seed of one named stream (FNV-1a of the name), so that streams do not repeat one another.</summary>
    public static ulong Seed(int seed, string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in name) hash = (hash ^ letter) * 1099511628211UL;
        return Hash(hash, (ulong)(uint)seed);
    }

    /// <summary>Evenly from 0 inclusive to 1 exclusive.</summary>
    public static double Uniform(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    /// <summary>Bell-shaped with mean 0 and deviation 1, never beyond ±3.47: the sum of the hash's four 16-bit lanes.</summary>
    public static double Normal(ulong hash)
    {
        var sum = (long)(hash & 0xFFFF) + (long)((hash >> 16) & 0xFFFF) + (long)((hash >> 32) & 0xFFFF) + (long)(hash >> 48);
        return (sum - 131070) * (1.0 / 37837.2);
    }

    /// <summary>A normal number at each whole position, straight lines between them.</summary>
    public static double Smooth(ulong seed, double position)
    {
        var cell = Math.Floor(position);
        var left = Normal(Hash(seed, (ulong)(long)cell));
        var right = Normal(Hash(seed, (ulong)((long)cell + 1)));
        return left + ((right - left) * (position - cell));
    }
}
