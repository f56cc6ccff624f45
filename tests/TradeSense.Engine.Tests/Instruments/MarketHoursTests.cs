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

    [Fact]
    public void The_start_set_can_be_converted_to_every_currency_of_a_brand()
    {
        Assert.Equal(15, InstrumentCatalog.All.Count);
        Assert.All(InstrumentCatalog.All, i => Assert.True(i.MinimumLots.Value % i.LotStep.Value == 0 && i.MaximumLots.Value % i.LotStep.Value == 0));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
