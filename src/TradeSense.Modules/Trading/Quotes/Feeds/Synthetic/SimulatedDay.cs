using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>The hours whose news and people move a factor.</summary>
internal enum Region { Europe, Asia, America, Metals, Stocks, Coins }

/// <summary>One UTC day of one region, minute by minute: when it is open, how lively it is, how wide its spreads stand.</summary>
/// <remarks>All hours are counted from New York's, where the market's day turns; so the two weeks in which Europe changes its clocks earlier are an hour off.</remarks>
internal sealed class SimulatedDay
{
    public const int Minutes = 1440;

    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    // Variance by the hour of New York, mean about 1. London opens at 3, New York at 8, stocks at 9:30, Tokyo at 19 or 20.
    private static readonly double[] Europe = [.4, .5, .9, 1.7, 1.5, 1.2, 1.0, 1.2, 2.3, 2.0, 2.2, 1.6, 1.0, .9, .9, .7, .4, .25, .3, .45, .5, .45, .4, .4];
    private static readonly double[] Asia = [.8, .9, 1.0, 1.4, 1.2, 1.0, .8, 1.0, 1.9, 1.6, 1.7, 1.2, .8, .7, .7, .6, .4, .3, .6, 1.3, 1.4, 1.2, 1.0, .9];
    private static readonly double[] America = [.3, .3, .5, 1.0, .9, .8, .8, 1.3, 2.8, 2.4, 2.5, 1.9, 1.3, 1.2, 1.2, 1.0, .5, .2, .25, .35, .4, .4, .35, .3];
    private static readonly double[] Metals = [.5, .5, .8, 1.3, 1.2, 1.0, .9, 1.2, 2.4, 2.3, 2.3, 1.6, 1.0, .9, .8, .6, .4, .1, .5, .6, .8, .8, .6, .5];
    private static readonly double[] Stocks = [.25, .3, .45, .7, .6, .5, .5, .7, 1.1, 3.2, 3.0, 1.8, 1.3, 1.3, 1.6, 2.9, .7, .1, .3, .35, .35, .3, .25, .25];
    private static readonly double[] Coins = [.8, .8, .8, .9, .9, .9, .9, 1.0, 1.4, 1.6, 1.6, 1.4, 1.2, 1.1, 1.1, 1.1, .9, .8, .8, .9, 1.0, .9, .8, .8];

    private readonly double[] _gone = new double[Minutes + 1];
    private readonly double[] _liveliness = new double[Minutes];
    private readonly bool[] _open;
    private readonly int _newYorkMinutes;
    private readonly DateOnly _date;
    private readonly Session _session;

    public SimulatedDay(ulong seed, Region region, DateOnly date)
    {
        _date = date;
        _session = SessionOf(region);
        _newYorkMinutes = (int)NewYork.GetUtcOffset(date.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc)).TotalMinutes;

        // Sessions open and close on full hours.
        var midnight = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        _open = [.. Enumerable.Range(0, 24 * 4).Select(quarter => MarketHours.IsOpen(_session, midnight.AddMinutes(15 * quarter)))];
        if (_session is not Session.Always && date.DayOfWeek == DayOfWeek.Sunday)
            WeekOpening = Enumerable.Range(0, Minutes).First(minute => IsOpen(minute));

        var profile = ProfileOf(region);
        var hourly = SimulatedNoise.Hash(seed, 1);
        var brief = SimulatedNoise.Hash(seed, 2);
        for (var minute = 0; minute < Minutes; minute++)
        {
            if (IsOpen(minute))
            {
                var absolute = ((double)date.DayNumber * Minutes) + minute;
                var cluster = (0.40 * SimulatedNoise.Smooth(hourly, absolute / 75)) + (0.35 * SimulatedNoise.Smooth(brief, absolute / 9));
                _liveliness[minute] = Between(profile, minute + _newYorkMinutes) * Math.Exp(cluster);
            }

            _gone[minute + 1] = _gone[minute] + _liveliness[minute];
        }

        var total = _gone[Minutes];
        if (total == 0) return;
        for (var minute = 1; minute <= Minutes; minute++) _gone[minute] /= total;
    }

    /// <summary>The part of the day's movement that lies before a minute (with fraction), from 0 to 1; stands still while closed.</summary>
    public double Gone(double minute)
    {
        var whole = Math.Min((int)minute, Minutes - 1);
        return _gone[whole] + ((_gone[whole + 1] - _gone[whole]) * (minute - whole));
    }

    /// <summary>Movement per minute compared with an ordinary minute of an ordinary day: 0 while closed.</summary>
    public double Liveliness(int minute) => _liveliness[minute];

    /// <summary>The minute at which the week opens; null on other days.</summary>
    public int? WeekOpening { get; }

    public bool IsOpen(int minute) => _open[minute / 15];

    /// <summary>How many times the calm spread: wider in Asia, at the turn of the day, before the week closes and after it opens.</summary>
    public double SpreadFactor(int minute)
    {
        var local = ((minute + _newYorkMinutes) % Minutes + Minutes) % Minutes;
        if (_session is Session.Always) return 1 + (0.15 * Math.Sin(local * Math.Tau / Minutes));

        var day = local > minute ? (DayOfWeek)(((int)_date.DayOfWeek + 6) % 7) : _date.DayOfWeek;
        var turn = 17 * 60;
        if (day == DayOfWeek.Friday && local >= turn - 15) return 1.6 + (0.45 * (local - turn + 15));
        if (day == DayOfWeek.Sunday && local < turn + 120) return 1.3 + (5 * Math.Exp(-Math.Max(0, local - turn) / 25.0));
        if (local >= turn - 5 && local < turn + 60) return 1.5 + (1.1 * Math.Exp(-Math.Abs(local - turn) / 18.0));
        return local is >= 17 * 60 or < 2 * 60 ? 1.25 : local < 16 * 60 ? 1.0 : 1.15;
    }

    public static Session SessionOf(Region region) => region switch
    {
        Region.Coins => Session.Always,
        Region.Metals => Session.Metals,
        Region.Stocks => Session.Indices,
        Region.Europe or Region.Asia or Region.America => Session.Currencies,
        _ => throw new ArgumentOutOfRangeException(nameof(region)),
    };

    private static double[] ProfileOf(Region region) => region switch
    {
        Region.Europe => Europe,
        Region.Asia => Asia,
        Region.America => America,
        Region.Metals => Metals,
        Region.Stocks => Stocks,
        Region.Coins => Coins,
        _ => throw new ArgumentOutOfRangeException(nameof(region)),
    };

    private static double Between(double[] profile, int localMinute)
    {
        var position = ((localMinute % Minutes) + Minutes) % Minutes;
        var (hour, part) = (position / 60, (position % 60) / 60.0);
        return profile[hour] + ((profile[(hour + 1) % 24] - profile[hour]) * part);
    }
}
