using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>Turns calendar time into days of movement for every factor: nights pass slowly, news jumps ahead, closed weekends leave a gap.</summary>
/// <remarks>Immutable and shared; what changes with the asking lies in <see cref="SimulatedWalk"/>.</remarks>
internal sealed class SimulatedClock
{
    private const double WeekendGap = 0.045;
    private static readonly DateOnly Epoch = new(NewsCalendar.FirstYear, 1, 1);
    private static readonly int Days = new DateOnly(NewsCalendar.LastYear + 1, 1, 1).DayNumber - Epoch.DayNumber;
    private static readonly long EpochTicks = Epoch.ToDateTime(TimeOnly.MinValue).Ticks;

    private readonly ulong _seed;
    private readonly SimulatedShock[][] _shocks;

    public SimulatedClock(int seed, NewsCalendar calendar)
    {
        _seed = SimulatedNoise.Seed(seed, "clock");
        _shocks = ByDay(calendar);
    }

    /// <summary>A day of a region; the same whenever it is made.</summary>
    public SimulatedDay DayOf(Region region, int day) => new(SimulatedNoise.Hash(_seed, (ulong)region), region, Epoch.AddDays(day));

    public SimulatedShock[] ShocksOf(int day) => _shocks[day];

    /// <summary>The day's number since the epoch and the minute within it.</summary>
    public static (int Day, double Minute) Split(long utcTicks)
    {
        var since = utcTicks - EpochTicks;
        var day = since / TimeSpan.TicksPerDay;
        if (since < 0 || day >= Days)
            throw new ArgumentOutOfRangeException(nameof(utcTicks), $"The synthetic market exists from {NewsCalendar.FirstYear} to {NewsCalendar.LastYear}.");

        return ((int)day, (since - (day * TimeSpan.TicksPerDay)) / (double)TimeSpan.TicksPerMinute);
    }

    /// <summary>Days of movement of a factor from the epoch to a minute of a day.</summary>
    public double Elapsed(FactorDays factor, int day, double minute, SimulatedDay hours)
    {
        var elapsed = factor.Starts[day] + (factor.Weights[day] * hours.Gone(minute));
        if (hours.WeekOpening is { } opening && minute >= opening) elapsed += WeekendGap;
        foreach (ref readonly var shock in _shocks[day].AsSpan()) elapsed += shock.Moves(factor.Name, minute);
        return elapsed;
    }

    /// <summary>Sums a factor's days from the epoch on, so that any instant can be asked at once.</summary>
    public FactorDays DaysOf(int seed, string factor, Region region)
    {
        var always = SimulatedDay.SessionOf(region) is Session.Always;
        var stream = SimulatedNoise.Seed(seed, "days:" + factor);
        var (starts, weights) = (new double[Days + 1], new double[Days]);
        for (var day = 0; day < Days; day++)
        {
            var weekday = Epoch.AddDays(day).DayOfWeek;
            var mood = Math.Exp((0.30 * SimulatedNoise.Smooth(stream, day / 6.0)) + (0.22 * SimulatedNoise.Normal(SimulatedNoise.Hash(stream, ~(ulong)day))));
            weights[day] = Ordinary(weekday, always) * mood;
            starts[day + 1] = starts[day] + weights[day] + (!always && weekday == DayOfWeek.Sunday ? WeekendGap : 0);
            foreach (var shock in _shocks[day]) starts[day + 1] += shock.Total(factor);
        }

        return new FactorDays(factor, region, starts, weights);
    }

    private static double Ordinary(DayOfWeek day, bool always) => day switch
    {
        DayOfWeek.Saturday => always ? 0.5 : 0,
        DayOfWeek.Sunday => always ? 0.6 : 0.06,
        DayOfWeek.Monday => 0.8,
        DayOfWeek.Friday => 0.85,
        _ => 0.95,
    };

    private static SimulatedShock[][] ByDay(NewsCalendar calendar)
    {
        var days = new SimulatedShock[Days][];
        Array.Fill(days, []);
        foreach (var day in calendar.All.GroupBy(news => Split(news.At.UtcTicks).Day))
            days[day.Key] = [.. day.Select(news => new SimulatedShock(news))];
        return days;
    }
}

/// <summary>One factor's calendar: how much it had moved at each day's start and how much it moves within the day, in ordinary days.</summary>
internal sealed record FactorDays(string Name, Region Region, double[] Starts, double[] Weights);
