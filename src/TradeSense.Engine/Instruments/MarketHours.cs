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

    /// <summary>From Friday 17:00 to Sunday 17:00 New York: what is not held over the weekend is closed by then.</summary>
    public static bool IsWeekend(DateTimeOffset at) => !IsOpen(Session.Currencies, at);
}
