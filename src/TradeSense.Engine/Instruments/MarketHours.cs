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

    /// <summary>
    /// A day without trading is closed from 17:00 the day before to 17:00; one that stops early from then to the next opening. Every change of a session falls on a quarter
    /// of an hour, which <see cref="SessionWatch"/> rests on.
    /// </summary>
    private static bool IsHoliday(Session session, DateTimeOffset local)
    {
        var ahead = DateOnly.FromDateTime(local.DateTime + (TimeSpan.FromDays(1) - DayTurn));
        if (Holidays.StopOf(session, ahead) == TimeOnly.MinValue) return true;
        return Holidays.StopOf(session, DateOnly.FromDateTime(local.DateTime)) is { } stop && local.TimeOfDay >= stop.ToTimeSpan() && local.TimeOfDay < AfterBreak && stop != TimeOnly.MinValue;
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
