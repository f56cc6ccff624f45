using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Instruments;

/// <summary>When sessions are open. Hours are New York wall-clock hours, so they follow its daylight saving time.</summary>
public static class MarketHours
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById(TradingDay.Default.TimeZone);
    private static readonly TimeSpan DayTurn = new(17, 0, 0);
    private static readonly TimeSpan AfterBreak = new(18, 0, 0);

    public static bool IsOpen(Session session, DateTimeOffset at)
    {
        if (session == Session.Always) return true;
        var local = TimeZoneInfo.ConvertTime(at, NewYork);
        return IsInWeek(session, local) && !IsHoliday(session, local);
    }

    /// <summary>From Friday 17:00 to Sunday 17:00 New York: what is not held over the weekend is closed by then.</summary>
    public static bool IsWeekend(DateTimeOffset at) => !IsInWeek(Session.Currencies, TimeZoneInfo.ConvertTime(at, NewYork));

    /// <summary>Christmas and New Year's Day are closed, from 17:00 the day before to 17:00; metals and indices are on Good Friday too.</summary>
    private static bool IsHoliday(Session session, DateTimeOffset local)
    {
        var day = DateOnly.FromDateTime(local.DateTime + (TimeSpan.FromDays(1) - DayTurn));
        if (day is { Month: 12, Day: 25 } or { Month: 1, Day: 1 }) return true;
        return session != Session.Currencies && (day.Month is 3 or 4) && day == EasterSunday(day.Year).AddDays(-2);
    }

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

    private static bool IsInWeek(Session session, DateTimeOffset local)
    {
        var opens = session == Session.Currencies ? DayTurn : AfterBreak;
        return local.DayOfWeek switch
        {
            DayOfWeek.Saturday => false,
            DayOfWeek.Sunday => local.TimeOfDay >= opens,
            DayOfWeek.Friday => local.TimeOfDay < DayTurn,
            _ => local.TimeOfDay < DayTurn || local.TimeOfDay >= opens,
        };
    }

    /// <summary>The instant from which the session is open: <paramref name="at"/> itself when it is open then.</summary>
    public static DateTimeOffset NextOpen(Session session, DateTimeOffset at)
    {
        if (IsOpen(session, at)) return at;
        var opens = new TradingDay(TradingDay.Default.TimeZone, session == Session.Currencies ? new TimeOnly(17, 0) : new TimeOnly(18, 0));
        var start = TradingDayClock.NextStart(opens, at);
        while (!IsOpen(session, start)) start = TradingDayClock.NextStart(opens, start);
        return start;
    }
}
