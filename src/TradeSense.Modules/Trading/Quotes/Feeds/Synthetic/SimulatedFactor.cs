namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>One source of price movement as a function of market days gone by: looks like a random walk with deviation 1 a day, yet never wanders off.</summary>
/// <remarks>
/// The sum of noises whose spacings double from half a second to 256 days, each with variance in proportion to its spacing. Below the coarsest
/// spacing that is a random walk's spectrum; above it nothing is left, so the level returns. Being a function of time and not a sequence,
/// the past can be asked as cheaply as the future and both always join.
/// </remarks>
internal sealed class SimulatedFactor(ulong seed)
{
    private const int Coarsest = 8;
    private const int Octaves = 27;

    /// <summary>Variance of one octave per day of its spacing, chosen so that the sum moves with deviation 1 over a day.</summary>
    private const double VariancePerDay = 0.214;

    private readonly Octave[] _octaves = Enumerable.Range(0, Octaves).Select(i => new Octave(seed, i)).ToArray();

    public double At(double day)
    {
        var sum = 0.0;
        foreach (ref var octave in _octaves.AsSpan())
        {
            var position = (day * octave.Frequency) + octave.Phase;
            var cell = Math.Floor(position);
            if (cell != octave.Cell) octave.Enter(cell);
            sum += octave.Left + (octave.Rise * (position - cell));
        }

        return sum;
    }

    /// <summary>Keeps the two knots around the last position: time mostly moves on within one cell.</summary>
    private struct Octave
    {
        public readonly double Frequency;
        public readonly double Phase;
        public double Cell;
        public double Left;
        public double Rise;
        private readonly double _amplitude;
        private readonly ulong _seed;

        public Octave(ulong seed, int index)
        {
            var spacing = Math.ScaleB(1, Coarsest - index);
            _seed = SimulatedNoise.Hash(seed, (ulong)index);
            Frequency = 1 / spacing;
            Phase = SimulatedNoise.Uniform(SimulatedNoise.Hash(_seed, ulong.MaxValue));
            _amplitude = Math.Sqrt(VariancePerDay * spacing);
            Cell = double.NaN;
        }

        public void Enter(double cell)
        {
            Left = _amplitude * SimulatedNoise.Normal(SimulatedNoise.Hash(_seed, (ulong)(long)cell));
            Rise = (_amplitude * SimulatedNoise.Normal(SimulatedNoise.Hash(_seed, (ulong)((long)cell + 1)))) - Left;
            Cell = cell;
        }
    }
}
