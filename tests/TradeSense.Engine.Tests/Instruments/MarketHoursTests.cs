using System.Globalization;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using Xunit;

namespace TradeSense.Engine.Tests.Instruments;

public sealed class MarketHoursTests
{
    [Theory]
    [InlineData(Session.Currencies, "2014-05-02T20:59:59Z", true)]
    [InlineData(Session.Currencies, "2014-05-02T21:00:00Z", false)]
    [InlineData(Session.Currencies, "2014-05-04T20:59:59Z", false)]
    [InlineData(Session.Currencies, "2014-05-04T21:00:00Z", true)]
    [InlineData(Session.Metals, "2014-05-04T21:30:00Z", false)]
    [InlineData(Session.Metals, "2014-05-04T22:00:00Z", true)]
    [InlineData(Session.Metals, "2014-05-05T21:30:00Z", false)]
    [InlineData(Session.Indices, "2014-05-05T22:00:00Z", true)]
    [InlineData(Session.Currencies, "2014-05-05T21:30:00Z", true)]
    [InlineData(Session.Currencies, "2026-01-04T22:00:00Z", true)]
    [InlineData(Session.Always, "2026-01-03T12:00:00Z", true)]
    public void Sessions_follow_New_York(Session session, string at, bool isOpen) => Assert.Equal(isOpen, MarketHours.IsOpen(session, At(at)));

    [Theory]
    [InlineData(Session.Currencies, "2014-05-03T12:00:00Z", "2014-05-04T21:00:00Z")]
    [InlineData(Session.Metals, "2014-05-02T21:00:00Z", "2014-05-04T22:00:00Z")]
    [InlineData(Session.Metals, "2014-05-05T21:30:00Z", "2014-05-05T22:00:00Z")]
    [InlineData(Session.Metals, "2014-05-05T12:00:00Z", "2014-05-05T12:00:00Z")]
    public void The_next_opening_is_found_over_breaks_and_weekends(Session session, string at, string opens) =>
        Assert.Equal(At(opens), MarketHours.NextOpen(session, At(at)));

    /// <summary>In New York's time: indices stop at 13:00 on a holiday and 13:15 the day beside one, metals at 14:30 and 13:45, and both open again at 18:00.</summary>
    [Theory]
    [InlineData("2026-01-19", "13:00", "14:30")]
    [InlineData("2026-02-16", "13:00", "14:30")]
    [InlineData("2026-05-25", "13:00", "14:30")]
    [InlineData("2026-06-19", "13:00", "14:30")]
    [InlineData("2026-09-07", "13:00", "14:30")]
    [InlineData("2026-11-26", "13:00", "14:30")]
    [InlineData("2026-11-27", "13:15", "13:45")]
    [InlineData("2026-12-24", "13:15", "13:45")]
    [InlineData("2027-07-05", "13:00", "14:30")]
    [InlineData("2025-07-03", "13:15", "17:00")]
    [InlineData("2025-07-04", "13:00", "14:30")]
    [InlineData("2021-06-18", "17:00", "17:00")]
    [InlineData("2026-11-25", "17:00", "17:00")]
    public void Indices_and_metals_stop_early_on_holidays(string day, string indices, string metals)
    {
        foreach (var (session, stop) in ((Session, string)[])[(Session.Indices, indices), (Session.Metals, metals)])
        {
            Assert.True(MarketHours.IsOpen(session, NewYork(day, stop).AddSeconds(-1)), $"{session} before {stop}");
            Assert.False(MarketHours.IsOpen(session, NewYork(day, stop)), $"{session} at {stop}");
            Assert.False(MarketHours.IsOpen(session, NewYork(day, "17:59")), $"{session} in the break");
        }

        Assert.True(MarketHours.IsOpen(Session.Currencies, NewYork(day, "16:59")));
    }

    [Theory]
    [InlineData("2026-04-03", false)]
    [InlineData("2027-03-26", false)]
    [InlineData("2021-12-24", false)]
    [InlineData("2022-12-26", false)]
    [InlineData("2023-01-02", false)]
    [InlineData("2021-12-31", true)]
    public void Good_Friday_and_days_kept_instead_of_a_weekend_are_closed(string day, bool isOpen)
    {
        Assert.Equal(isOpen, MarketHours.IsOpen(Session.Indices, NewYork(day, "10:00")));
        Assert.Equal(isOpen, MarketHours.IsOpen(Session.Metals, NewYork(day, "10:00")));
        Assert.True(MarketHours.IsOpen(Session.Currencies, NewYork(day, "10:00")));
    }

    [Fact]
    public void Sessions_change_only_on_quarters_of_an_hour()
    {
        for (var at = At("2026-01-01T00:00:00Z"); at < At("2027-01-10T00:00:00Z"); at = at.AddMinutes(15))
            foreach (var session in Enum.GetValues<Session>()) Assert.Equal(MarketHours.IsOpen(session, at), MarketHours.IsOpen(session, at.AddMinutes(15).AddTicks(-1)));
    }

    [Fact]
    public void The_start_set_can_be_converted_to_every_currency_of_a_brand()
    {
        Assert.Equal(15, InstrumentCatalog.All.Count);
        Assert.All(InstrumentCatalog.All, i => Assert.True(i.MinimumLots.Value % i.LotStep.Value == 0 && i.MaximumLots.Value % i.LotStep.Value == 0));
    }

    private static DateTimeOffset NewYork(string day, string time)
    {
        var local = DateTime.Parse($"{day}T{time}:00", CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, TimeZoneInfo.FindSystemTimeZoneById("America/New_York").GetUtcOffset(local));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
