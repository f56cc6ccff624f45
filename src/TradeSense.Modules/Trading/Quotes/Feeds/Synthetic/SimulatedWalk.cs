using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>Reads the synthetic market at instants that mostly move on. Not for two threads at once.</summary>
internal sealed class SimulatedWalk
{
    private readonly SimulatedMarket _market;
    private readonly FactorCursor[] _factors;
    private readonly (int Day, SimulatedDay? Hours)[] _days = new (int, SimulatedDay?)[Enum.GetValues<Region>().Length];
    private readonly InstrumentCursor[] _instruments;

    public SimulatedWalk(SimulatedMarket market)
    {
        _market = market;
        _factors = [.. market.FactorDays.Select(days => new FactorCursor(days, new SimulatedFactor(SimulatedNoise.Seed(market.Seed, "factor:" + days.Name))))];
        _instruments = [.. SimulatedInstruments.All.Select(instrument => new InstrumentCursor(instrument, market))];
    }

    public int Seed => _market.Seed;

    public bool IsOpen(int instrument, long utcTicks) => Enter(instrument, utcTicks).IsOpen;

    /// <summary>How busy a symbol is compared with its ordinary minute; 0 while its market is closed.</summary>
    public double Liveliness(int instrument, long utcTicks) => Enter(instrument, utcTicks).Liveliness;

    /// <summary>Whether a release has just come out that concerns the symbol.</summary>
    public bool IsBurst(int instrument, long utcTicks)
    {
        var cursor = Enter(instrument, utcTicks);
        var (_, minute) = SimulatedClock.Split(utcTicks);
        foreach (var shock in cursor.Shocks)
        {
            if (shock.IsBurst(minute)) return true;
        }

        return false;
    }

    /// <summary>Half-way between bid and ask before rounding. Defined while closed, too: the last price and, on Sundays, the next.</summary>
    public double Mid(int instrument, long utcTicks)
    {
        var (day, minute) = SimulatedClock.Split(utcTicks);
        var cursor = _instruments[instrument];
        var sum = 0.0;
        foreach (var (factor, weight) in cursor.Loads) sum += weight * Factor(factor, utcTicks, day, minute);
        return cursor.Instrument.Level * Math.Exp(sum);
    }

    /// <summary>The quote of an instant. Spread and the mid's flutter hang on the instant alone, so history and live show the same.</summary>
    public Quote Quote(int instrument, long utcTicks, double scale = 1)
    {
        var cursor = Enter(instrument, utcTicks);
        var (_, minute) = SimulatedClock.Split(utcTicks);
        var spread = cursor.Spread;
        var news = 1.0;
        foreach (var shock in cursor.Shocks) news = Math.Max(news, shock.SpreadFactor(minute));

        var draw = SimulatedNoise.Hash(cursor.Seed, (ulong)utcTicks);
        var wide = SimulatedNoise.Uniform(draw);
        var flutter = (SimulatedNoise.Uniform(SimulatedNoise.Hash(draw, 1)) - 0.5) * 0.35 * cursor.Instrument.Spread;
        spread *= news * (0.85 + (0.4 * wide * wide));

        var bid = (long)Math.Round((Mid(instrument, utcTicks) * scale * cursor.PointsPerUnit) + flutter - (spread / 2));
        var ask = bid + Math.Max(1, (long)Math.Round(spread));
        var digits = (byte)cursor.Instrument.Digits;
        return new Quote(new DateTimeOffset(utcTicks, TimeSpan.Zero), cursor.Instrument.Symbol, InPoints(bid, digits), InPoints(ask, digits));
    }

    private static Price InPoints(long points, byte digits) => new(new decimal((int)points, (int)(points >> 32), 0, false, digits));

    private double Factor(int index, long utcTicks, int day, double minute)
    {
        ref var cursor = ref _factors[index];
        if (cursor.At == utcTicks) return cursor.Value;

        cursor.Value = cursor.Walk.At(_market.Clock.Elapsed(cursor.Days, day, minute, Hours(cursor.Days.Region, day)));
        cursor.At = utcTicks;
        return cursor.Value;
    }

    private SimulatedDay Hours(Region region, int day)
    {
        ref var kept = ref _days[(int)region];
        if (kept.Hours is null || kept.Day != day) kept = (day, _market.Clock.DayOf(region, day));
        return kept.Hours!;
    }

    /// <summary>Brings an instrument's cursor to the minute of an instant: what holds for the whole minute is worked out once.</summary>
    private InstrumentCursor Enter(int instrument, long utcTicks)
    {
        var cursor = _instruments[instrument];
        var minuteNumber = utcTicks / TimeSpan.TicksPerMinute;
        if (cursor.MinuteNumber == minuteNumber) return cursor;

        var (day, exact) = SimulatedClock.Split(utcTicks);
        var (hours, minute) = (Hours(cursor.Region, day), (int)exact);
        cursor.MinuteNumber = minuteNumber;
        cursor.IsOpen = hours.IsOpen(minute);
        cursor.Liveliness = cursor.IsOpen ? hours.Liveliness(minute) : 0;
        cursor.Spread = cursor.Instrument.Spread * hours.SpreadFactor(minute);
        if (cursor.Day != day)
        {
            cursor.Day = day;
            cursor.Shocks = [.. _market.Clock.ShocksOf(day).Where(shock => cursor.Instrument.Currencies.Contains(shock.Currency))];
        }

        return cursor;
    }

    private struct FactorCursor(FactorDays days, SimulatedFactor walk)
    {
        public readonly FactorDays Days = days;
        public readonly SimulatedFactor Walk = walk;
        public long At = -1;
        public double Value;
    }

    private sealed class InstrumentCursor(SimulatedInstrument instrument, SimulatedMarket market)
    {
        public SimulatedInstrument Instrument { get; } = instrument;
        public (int Factor, double Weight)[] Loads { get; } = [.. instrument.Loads.Select(load => (SimulatedMarket.IndexOf(load.Factor), load.Percent / 100))];
        public Region Region { get; } = market.FactorDays[SimulatedMarket.IndexOf(instrument.Loads[0].Factor)].Region;
        public ulong Seed { get; } = SimulatedNoise.Seed(market.Seed, "quotes:" + instrument.Symbol);
        public double PointsPerUnit { get; } = Math.Pow(10, instrument.Digits);

        public long MinuteNumber = -1;
        public int Day = -1;
        public bool IsOpen;
        public double Liveliness;
        public double Spread;
        public SimulatedShock[] Shocks = [];
    }
}
