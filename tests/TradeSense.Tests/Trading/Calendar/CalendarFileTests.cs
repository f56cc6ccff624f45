using System.Text;
using TradeSense.Modules.Trading.Calendar;
using TradeSense.Modules.Trading.Calendar.Files;

namespace TradeSense.Tests.Trading.Calendar;

/// <summary>Calendar files as they come, and what is wrong with their lines.</summary>
public sealed class CalendarFileTests
{
    [Fact]
    public void Csv_is_read_by_the_names_of_its_columns_in_the_zone_said()
    {
        var rows = Read(""""
            Title,Currency,Date,Time,Impact,Forecast,Previous,Id
            "Non-farm payrolls, ""the jobs report""",USD,2026-12-04,08:30,High,180K,170K,nfp-12
            ECB decision,euro area,17.12.2026,2:15pm,red,,,
            """", "America/New_York");

        Assert.Equal(new CalendarRow(2, "nfp-12", At("2026-12-04T13:30:00Z"), "USD", "Non-farm payrolls, \"the jobs report\"", Importance.High, "180K", "170K"), rows[0]);
        Assert.Equal((At("2026-12-17T19:15:00Z"), "EUR", Importance.High), (rows[1].At, rows[1].Currency, rows[1].Importance));
    }

    [Fact]
    public void An_offset_in_the_file_counts_more_than_the_zone_said()
    {
        var rows = Read("time;currency;event\n2026-12-04T13:30:00Z;USD;A\n2026-12-04T08:30:00-05:00;USD;B\n2026-12-04T08:30:00;USD;C\n", "America/New_York");

        Assert.All(rows, row => Assert.Equal(At("2026-12-04T13:30:00Z"), row.At));
    }

    [Theory]
    [InlineData("2026-12-04,13:30,,A", "It has no currency.")]
    [InlineData("2026-12-04,13:30,DOLLAR,A", "“DOLLAR” is no currency.")]
    [InlineData("2026-12-04,13:30,USD,", "It has no title.")]
    [InlineData("2026-12-04,,USD,A", "It has a day but no time of day.")]
    [InlineData("2026-12-04,Tentative,USD,A", "“2026-12-04 Tentative” is no time: write 2026-12-04 13:30.")]
    [InlineData(",13:30,USD,A", "It has no time.")]
    [InlineData("2026-03-08,02:30,USD,A", "2026-03-08 02:30 does not exist in America/New_York: the clocks go forward then.")]
    public void What_is_wrong_with_a_line_is_told_and_the_others_stay(string line, string problem)
    {
        var rows = Read($"date,time,currency,title\n{line}\n2026-12-04,13:30,USD,Good\n", "America/New_York");

        Assert.Equal((2, problem, null), (rows[0].Line, rows[0].Problem, rows[1].Problem));
    }

    [Fact]
    public void An_hour_that_occurs_twice_means_the_first()
    {
        Assert.Equal(At("2026-11-01T05:30:00Z"), Read("date,time,currency,title\n2026-11-01,01:30,USD,A\n", "America/New_York")[0].At);
    }

    [Fact]
    public void The_weekly_json_of_well_known_calendars_is_read_as_it_is()
    {
        var rows = Read("""
            [{"title":"CPI m/m","country":"USD","date":"2026-12-10T08:30:00-05:00","impact":"High","forecast":"0.2%","previous":"0.3%"},
             {"title":"Bank Holiday","country":"JPY","date":"2026-12-11T00:00:00+09:00","impact":"Holiday","forecast":"","previous":""},
             {"title":"Speech","country":"ALL","date":"2026-12-11T10:00:00Z","impact":"blue"}, 7]
            """);

        Assert.Equal((At("2026-12-10T13:30:00Z"), "USD", Importance.High, "0.2%"), (rows[0].At, rows[0].Currency, rows[0].Importance, rows[0].Forecast));
        Assert.Equal(Importance.Low, rows[1].Importance);
        Assert.Equal("“blue” is no importance: write low, medium or high.", rows[2].Problem);
        Assert.Equal("It is no object.", rows[3].Problem);
    }

    [Fact]
    public void Ical_events_have_their_zone_their_currency_and_their_importance()
    {
        var rows = Read("""
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            UID:boe-1
            DTSTART;TZID=Europe/London:20260618T120000
            SUMMARY:GBP: Bank of England\, rate
              decision
            PRIORITY:1
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:20261204T133000Z
            SUMMARY:Payrolls
            CATEGORIES:USD,High
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20261225
            SUMMARY:USD Christmas
            END:VEVENT
            BEGIN:VEVENT
            DTSTART:20261204T133000Z
            RRULE:FREQ=WEEKLY
            SUMMARY:USD Claims
            END:VEVENT
            END:VCALENDAR
            """);

        Assert.Equal((At("2026-06-18T11:00:00Z"), "GBP", "Bank of England, rate decision", Importance.High, "boe-1"), (rows[0].At, rows[0].Currency, rows[0].Title, rows[0].Importance, rows[0].SourceId));
        Assert.Equal(("USD", Importance.High, At("2026-12-04T13:30:00Z")), (rows[1].Currency, rows[1].Importance, rows[1].At));
        Assert.Equal("It has a day but no time of day.", rows[2].Problem);
        Assert.Equal("It repeats: list each of its dates as an event.", rows[3].Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"a\":1}")]
    [InlineData("[{]")]
    [InlineData("date,time\n2026-12-04,13:30\n")]
    [InlineData("date,currency,title\n\"2026-12-04")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\n")]
    public void What_is_no_calendar_is_refused_as_a_whole(string text)
    {
        Assert.Throws<CalendarFileException>(() => Read(text));
    }

    private static IReadOnlyList<CalendarRow> Read(string text, string zone = "UTC") => CalendarFile.Read(Encoding.UTF8.GetBytes(text), TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
