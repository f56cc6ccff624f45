using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>When the synthetic market quotes: time is cut into slots, and in each a symbol quotes once, not at all, or at a release several times.</summary>
internal sealed class SimulatedTape
{
    private const int BurstQuotes = 4;

    private readonly SimulatedWalk _walk;
    private readonly ulong[] _seeds;
    private readonly long _slotTicks;

    public SimulatedTape(SimulatedWalk walk, int quotesPerSecond)
    {
        _walk = walk;
        _slotTicks = 1000 / (2 * quotesPerSecond) * TimeSpan.TicksPerMillisecond;
        _seeds = [.. SimulatedInstruments.All.Select(instrument => SimulatedNoise.Seed(walk.Seed, "tape:" + instrument.Symbol))];
    }

    public long SlotOf(DateTimeOffset at) => at.UtcTicks / _slotTicks;

    public DateTimeOffset StartOf(long slot) => new(slot * _slotTicks, TimeSpan.Zero);

    /// <summary>Puts the quotes of one slot into a list, in time order, on whole milliseconds.</summary>
    public void Fill(long slot, List<Quote> into)
    {
        into.Clear();
        var start = slot * _slotTicks;
        for (var i = 0; i < _seeds.Length; i++)
        {
            var liveliness = _walk.Liveliness(i, start);
            if (liveliness == 0) continue;

            var draw = SimulatedNoise.Hash(_seeds[i], (ulong)slot);
            var burst = _walk.IsBurst(i, start);

            // An ordinary minute fills every second slot; four times the movement comes with about twice the quotes.
            var chance = burst ? 1 : Math.Clamp(0.5 * Math.Sqrt(liveliness), 0.15, 1);
            if (SimulatedNoise.Uniform(draw) >= chance) continue;

            for (var n = 0; n < (burst ? BurstQuotes : 1); n++)
            {
                var at = start + Offset(draw, n);
                if (_walk.IsOpen(i, at)) into.Add(_walk.Quote(i, at));
            }
        }

        Sort(into);
    }

    private long Offset(ulong draw, int number)
    {
        var milliseconds = _slotTicks / TimeSpan.TicksPerMillisecond;
        return (long)(SimulatedNoise.Hash(draw, (ulong)number + 1) % (ulong)milliseconds) * TimeSpan.TicksPerMillisecond;
    }

    /// <summary>By insertion: a slot holds a handful, and equal instants must keep the symbols' order on every machine.</summary>
    private static void Sort(List<Quote> quotes)
    {
        for (var i = 1; i < quotes.Count; i++)
        {
            var quote = quotes[i];
            var to = i;
            for (; to > 0 && quotes[to - 1].At > quote.At; to--) quotes[to] = quotes[to - 1];
            quotes[to] = quote;
        }
    }
}
