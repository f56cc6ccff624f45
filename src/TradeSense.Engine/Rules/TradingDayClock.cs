namespace TradeSense.Engine.Rules;

/// <summary>Turns instants into trading days. A day lasts from its start to the next one's, so 23 and 25 hours occur.</summary>
/// <remarks>
/// A day starts at the first instant at which the local clock has reached the start time. That one sentence covers both odd cases:
/// a skipped local time means the first instant after the gap, a repeated one means the earlier of the two.
/// </remarks>
public static class TradingDayClock
{
    /// <summary>The label of the trading day an instant lies in: 2026-03-02T23:00Z is 2026-03-03 for Prague 00:00.</summary>
    public static DateOnly LabelOf(TradingDay day, DateTimeOffset at)
    {
        var label = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, ZoneOf(day)).DateTime);
        while (StartOf(day, label) > at) label = label.AddDays(-1);
        while (StartOf(day, label.AddDays(1)) <= at) label = label.AddDays(1);
        return label;
    }

    /// <summary>When the day of a label starts, in UTC.</summary>
    public static DateTimeOffset StartOf(TradingDay day, DateOnly label)
    {
        var zone = ZoneOf(day);
        var local = label.ToDateTime(day.StartsAt);
        var before = zone.GetUtcOffset(Utc(local.AddDays(-1), TimeSpan.Zero));
        var after = zone.GetUtcOffset(Utc(local.AddDays(1), TimeSpan.Zero));
        var (early, late) = (Utc(local, before), Utc(local, after));

        if (zone.GetUtcOffset(early) == before) return early;
        return zone.GetUtcOffset(late) == after ? late : FirstInstantAfterGap(zone, late, early);
    }

    /// <summary>The first day start after an instant, in UTC.</summary>
    public static DateTimeOffset NextStart(TradingDay day, DateTimeOffset at) => StartOf(day, LabelOf(day, at).AddDays(1));

    /// <summary>Whether the zone's name is known and the day can therefore be counted.</summary>
    public static bool Knows(string timeZone) => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _);

    /// <summary>The change of offset lies between the two instants, less than a day apart.</summary>
    private static DateTimeOffset FirstInstantAfterGap(TimeZoneInfo zone, DateTimeOffset before, DateTimeOffset after)
    {
        var offsetBefore = zone.GetUtcOffset(before);
        while (after - before > TimeSpan.FromTicks(1))
        {
            var middle = before + (after - before) / 2;
            if (zone.GetUtcOffset(middle) == offsetBefore) before = middle;
            else after = middle;
        }

        return after;
    }

    private static TimeZoneInfo ZoneOf(TradingDay day) => TimeZoneInfo.FindSystemTimeZoneById(day.TimeZone);

    private static DateTimeOffset Utc(DateTime local, TimeSpan offset) => new(DateTime.SpecifyKind(local - offset, DateTimeKind.Utc));
}
