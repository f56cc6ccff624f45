using System.Globalization;
using TradeSense.Engine.Rules;
using Xunit;

namespace TradeSense.Engine.Tests.Rules;

public sealed class TradingDayClockTests
{
    [Theory]
    [InlineData("Europe/Prague", "00:00", "2026-03-02T22:59:59Z", "2026-03-02")]
    [InlineData("Europe/Prague", "00:00", "2026-03-02T23:00:00Z", "2026-03-03")]
    [InlineData("America/New_York", "17:00", "2026-03-06T21:59:59.999Z", "2026-03-05")]
    [InlineData("America/New_York", "17:00", "2026-03-06T22:00:00Z", "2026-03-06")]
    [InlineData("America/New_York", "17:00", "2026-03-08T21:00:00Z", "2026-03-08")]
    [InlineData("Pacific/Auckland", "00:00", "2026-03-02T11:00:00Z", "2026-03-03")]
    [InlineData("Pacific/Apia", "00:00", "2011-12-30T10:00:00Z", "2011-12-31")]
    public void The_label_is_the_local_date_at_the_days_start(string zone, string startsAt, string at, string label) =>
        Assert.Equal(label, Date(TradingDayClock.LabelOf(Day(zone, startsAt), Instant(at))));

    [Theory]
    // Clocks go forward: Prague loses the hour from 02:00, New York from 02:00, so these days have 23 hours.
    [InlineData("Europe/Prague", "00:00", "2026-03-29", "2026-03-28T23:00:00Z", 23)]
    [InlineData("America/New_York", "17:00", "2026-03-07", "2026-03-07T22:00:00Z", 23)]
    // And back: 25 hours.
    [InlineData("Europe/Prague", "00:00", "2026-10-25", "2026-10-24T22:00:00Z", 25)]
    [InlineData("America/New_York", "17:00", "2026-10-31", "2026-10-31T21:00:00Z", 25)]
    // 02:30 does not exist in Prague on 2026-03-29: the day starts with the first instant after the gap, 03:00 summer time.
    [InlineData("Europe/Prague", "02:30", "2026-03-29", "2026-03-29T01:00:00Z", 23.5)]
    // 02:30 exists twice on 2026-10-25: the earlier one, still summer time.
    [InlineData("Europe/Prague", "02:30", "2026-10-25", "2026-10-25T00:30:00Z", 25)]
    // Santiago skips midnight itself (2026-09-06 00:00 is 01:00).
    [InlineData("America/Santiago", "00:00", "2026-09-06", "2026-09-06T04:00:00Z", 23)]
    // Lord Howe moves by half an hour: 02:15 is skipped to 02:30 on 2026-10-04, and exists twice (01:45) on 2026-04-05.
    [InlineData("Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03T15:30:00Z", 23.75)]
    [InlineData("Australia/Lord_Howe", "01:45", "2026-04-05", "2026-04-04T14:45:00Z", 24.5)]
    public void A_day_starts_at_the_first_instant_its_clock_has_reached_the_start_time(string zone, string startsAt, string label, string start, decimal hours)
    {
        var day = Day(zone, startsAt);
        var begins = TradingDayClock.StartOf(day, DateOnly.Parse(label, CultureInfo.InvariantCulture));

        Assert.Equal(Instant(start), begins);
        Assert.Equal(hours, (decimal)(TradingDayClock.NextStart(day, begins) - begins).TotalMinutes / 60m);
        Assert.Equal(label, Date(TradingDayClock.LabelOf(day, begins)));
    }

    [Theory]
    [InlineData("America/New_York", "17:00")]
    [InlineData("Europe/Prague", "02:30")]
    [InlineData("America/Santiago", "00:00")]
    [InlineData("America/Santiago", "23:30")]
    [InlineData("Australia/Lord_Howe", "01:45")]
    [InlineData("America/Nuuk", "23:30")]
    [InlineData("Africa/Casablanca", "02:30")]
    public void Over_three_years_labels_rise_by_one_day_at_every_start(string zone, string startsAt)
    {
        var day = Day(zone, startsAt);
        var start = TradingDayClock.NextStart(day, Instant("2025-01-01T00:00:00Z"));
        var label = TradingDayClock.LabelOf(day, start);
        for (var i = 0; i < 3 * 365; i++)
        {
            Assert.Equal(label.AddDays(-1), TradingDayClock.LabelOf(day, start.AddTicks(-1)));
            var next = TradingDayClock.NextStart(day, start);
            Assert.InRange((next - start).TotalHours, 22.9, 25.1);
            Assert.Equal(label = label.AddDays(1), TradingDayClock.LabelOf(day, next));
            start = next;
        }
    }

    private static TradingDay Day(string zone, string startsAt) => new(zone, TimeOnly.Parse(startsAt, CultureInfo.InvariantCulture));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
