using static TradeSense.Modules.Trading.Quotes.Feeds.Synthetic.NewsImpact;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

/// <summary>Which releases a month has. Central banks keep a weekday of a week, statistics a range of days; the seed picks the day within the range.</summary>
internal static class NewsSchedule
{
    private const string NewYork = "America/New_York";
    private const string Frankfurt = "Europe/Berlin";

    private static readonly int[] Monthly = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    private static readonly int[] EightMeetings = [1, 3, 4, 6, 7, 9, 10, 12];

    private static readonly Release[] Releases =
    [
        new("Non-farm payrolls", "USD", High, NewYork, new(8, 30), Monthly, DayOfWeek.Friday, 1, 7),
        new("Consumer prices", "USD", High, NewYork, new(8, 30), Monthly, null, 10, 14),
        new("Retail sales", "USD", Medium, NewYork, new(8, 30), Monthly, null, 14, 17),
        new("Purchasing managers, manufacturing", "USD", Medium, NewYork, new(10, 0), Monthly, null, 1, 3),
        new("Gross domestic product", "USD", Medium, NewYork, new(8, 30), Monthly, null, 25, 28),
        new("Jobless claims", "USD", Low, NewYork, new(8, 30), Monthly, DayOfWeek.Thursday, 1, 7),
        new("Jobless claims", "USD", Low, NewYork, new(8, 30), Monthly, DayOfWeek.Thursday, 8, 14),
        new("Jobless claims", "USD", Low, NewYork, new(8, 30), Monthly, DayOfWeek.Thursday, 15, 21),
        new("Jobless claims", "USD", Low, NewYork, new(8, 30), Monthly, DayOfWeek.Thursday, 22, 28),
        new("Federal Reserve decision", "USD", High, NewYork, new(14, 0), [1, 3, 5, 6, 7, 9, 11, 12], DayOfWeek.Wednesday, 15, 28),
        new("European Central Bank decision", "EUR", High, Frankfurt, new(14, 15), EightMeetings, DayOfWeek.Thursday, 8, 21),
        new("Purchasing managers, flash", "EUR", Medium, Frankfurt, new(10, 0), Monthly, null, 21, 23),
        new("Consumer prices, flash", "EUR", Medium, Frankfurt, new(11, 0), Monthly, null, 26, 28),
        new("Bank of England decision", "GBP", High, "Europe/London", new(12, 0), [2, 3, 5, 6, 8, 9, 11, 12], DayOfWeek.Thursday, 1, 14),
        new("Consumer prices", "GBP", Medium, "Europe/London", new(7, 0), Monthly, DayOfWeek.Wednesday, 15, 21),
        new("Bank of Japan decision", "JPY", High, "Asia/Tokyo", new(12, 0), EightMeetings, DayOfWeek.Friday, 15, 28),
        new("Swiss National Bank decision", "CHF", High, "Europe/Zurich", new(9, 30), [3, 6, 9, 12], DayOfWeek.Thursday, 15, 28),
        new("Reserve Bank of Australia decision", "AUD", High, "Australia/Sydney", new(14, 30), [2, 3, 5, 6, 8, 9, 11, 12], DayOfWeek.Tuesday, 1, 14),
        new("Employment", "AUD", Medium, "Australia/Sydney", new(11, 30), Monthly, DayOfWeek.Thursday, 14, 20),
        new("Reserve Bank of New Zealand decision", "NZD", High, "Pacific/Auckland", new(14, 0), [2, 4, 5, 7, 8, 10, 11], DayOfWeek.Wednesday, 8, 21),
        new("Bank of Canada decision", "CAD", High, "America/Toronto", new(9, 45), EightMeetings, DayOfWeek.Wednesday, 8, 21),
        new("Employment", "CAD", Medium, "America/Toronto", new(8, 30), Monthly, DayOfWeek.Friday, 5, 11),
    ];

    public static IEnumerable<NewsEvent> Month(int seed, int year, int month)
    {
        for (var i = 0; i < Releases.Length; i++)
        {
            var release = Releases[i];
            if (!release.Months.Contains(month)) continue;

            var days = release.Days(year, month).ToArray();
            var draw = SimulatedNoise.Hash(SimulatedNoise.Seed(seed, "news"), (ulong)(((year * 100) + month) * 100 + i));
            yield return release.On(days[(int)(draw % (ulong)days.Length)]);
        }
    }

    /// <param name="Weekday">Null: any Monday to Friday of the range.</param>
    private sealed record Release(
        string Title, string Currency, NewsImpact Impact, string TimeZone, TimeOnly LocalTime, int[] Months, DayOfWeek? Weekday, int FirstDay, int LastDay)
    {
        public IEnumerable<DateOnly> Days(int year, int month)
        {
            // No statistic is published in the first days of January's holidays: the range starts behind them.
            var holidays = month == 1 && FirstDay == 1 ? 1 : 0;
            return Enumerable.Range(FirstDay + holidays, LastDay - FirstDay + 1)
                .Select(day => new DateOnly(year, month, day))
                .Where(day => Weekday is { } weekday ? day.DayOfWeek == weekday : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        }

        public NewsEvent On(DateOnly day)
        {
            var local = day.ToDateTime(LocalTime);
            var offset = TimeZoneInfo.FindSystemTimeZoneById(TimeZone).GetUtcOffset(local);
            return new NewsEvent(new DateTimeOffset(local, offset).ToUniversalTime(), Currency, Title, Impact);
        }
    }
}
