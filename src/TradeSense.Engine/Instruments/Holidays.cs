using TradeSense.Engine.Values;

namespace TradeSense.Engine.Instruments;

/// <summary>A day on which markets do not trade, or stop early: the rule by which it is found in any year, and what it means for each class.</summary>
/// <param name="On">The day in a year.</param>
/// <param name="Currencies">When trading stops, in New York's time; midnight is not at all that day, null as usual.</param>
/// <param name="Observed">Metals and indices keep it on the next Monday where it falls on a Sunday.</param>
/// <param name="Since">The first year it was kept in.</param>
internal sealed record Holiday(string Name, Func<int, DateOnly> On, TimeOnly? Currencies, TimeOnly? Metals, TimeOnly? Indices, bool Observed = false, int Since = 0)
{
    public TimeOnly? For(Session session, DateOnly day)
    {
        if (day.Year < Since) return null;
        var date = On(day.Year);
        var isKept = date == day || (Observed && session != Session.Currencies && date.DayOfWeek == DayOfWeek.Sunday && date.AddDays(1) == day);
        return !isKept ? null : session switch { Session.Currencies => Currencies, Session.Metals => Metals, Session.Indices => Indices, _ => null };
    }
}

/// <summary>The US holidays by the published hours of index and metal futures. Currencies know only two.</summary>
/// <remarks>
/// A stop at 13:00 lasts until the session's next opening at 18:00. A holiday on a Saturday is kept by nobody here: that day is closed anyway, and the Friday before
/// trades, but for Christmas.
/// </remarks>
internal static class Holidays
{
    private static readonly TimeOnly NotAtAll = TimeOnly.MinValue, OnePm = new(13, 0), QuarterPastOne = new(13, 15), QuarterToTwo = new(13, 45), HalfPastTwo = new(14, 30);

    public static IReadOnlyList<Holiday> All { get; } =
    [
        new("New Year's Day", Fixed(1, 1), NotAtAll, NotAtAll, NotAtAll, Observed: true),
        new("Martin Luther King Day", Nth(3, DayOfWeek.Monday, 1), null, HalfPastTwo, OnePm),
        new("Presidents' Day", Nth(3, DayOfWeek.Monday, 2), null, HalfPastTwo, OnePm),
        new("Good Friday", year => EasterSunday(year).AddDays(-2), null, NotAtAll, NotAtAll),
        new("Memorial Day", Last(DayOfWeek.Monday, 5), null, HalfPastTwo, OnePm),
        new("Juneteenth", Fixed(6, 19), null, HalfPastTwo, OnePm, Observed: true, Since: 2022),
        new("The day before Independence Day", Fixed(7, 3), null, null, QuarterPastOne),
        new("Independence Day", Fixed(7, 4), null, HalfPastTwo, OnePm, Observed: true),
        new("Labor Day", Nth(1, DayOfWeek.Monday, 9), null, HalfPastTwo, OnePm),
        new("Thanksgiving", Nth(4, DayOfWeek.Thursday, 11), null, HalfPastTwo, OnePm),
        new("The day after Thanksgiving", year => Nth(4, DayOfWeek.Thursday, 11)(year).AddDays(1), null, QuarterToTwo, QuarterPastOne),
        new("Christmas on a Saturday", year => new DateOnly(year, 12, 25) is { DayOfWeek: DayOfWeek.Saturday } day ? day.AddDays(-1) : new DateOnly(year, 12, 25), null, NotAtAll, NotAtAll),
        new("Christmas Eve", Fixed(12, 24), null, QuarterToTwo, QuarterPastOne),
        new("Christmas Day", Fixed(12, 25), NotAtAll, NotAtAll, NotAtAll, Observed: true),
    ];

    /// <summary>When trading stops on a day in New York; null as usual, midnight where there is none. The earliest counts where two fall together.</summary>
    public static TimeOnly? StopOf(Session session, DateOnly day)
    {
        TimeOnly? first = null;
        foreach (var holiday in All)
            if (holiday.For(session, day) is { } stop && !(first <= stop)) first = stop;
        return first;
    }

    private static Func<int, DateOnly> Fixed(int month, int day) => year => new DateOnly(year, month, day);

    private static Func<int, DateOnly> Nth(int which, DayOfWeek weekday, int month) => year =>
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((int)weekday - (int)first.DayOfWeek + 7) % 7 + 7 * (which - 1));
    };

    private static Func<int, DateOnly> Last(DayOfWeek weekday, int month) => year =>
    {
        var last = new DateOnly(year, month, 1).AddMonths(1).AddDays(-1);
        return last.AddDays(-(((int)last.DayOfWeek - (int)weekday + 7) % 7));
    };

    /// <summary>The Gregorian computus: 2026 is April 5.</summary>
    private static DateOnly EasterSunday(int year)
    {
        var (golden, century) = (year % 19, year / 100);
        var epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
        var full = epact - epact / 28 * (1 - 29 / (epact + 1) * ((21 - golden) / 11));
        var weekday = (year + year / 4 + full + 2 - century + century / 4) % 7;
        var days = full - weekday;
        var month = 3 + (days + 40) / 44;
        return new DateOnly(year, month, days + 28 - 31 * (month / 4));
    }
}
