using TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;

namespace TradeSense.Tests.Trading.Quotes.Feeds;

public class NewsCalendarTests
{
    private static readonly NewsCalendar Calendar = new(7);

    [Fact]
    public void Payrolls_come_on_the_first_friday_at_half_past_eight_in_new_york()
    {
        var payrolls = Calendar.Between(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero))
            .Where(news => news.Title == "Non-farm payrolls").ToArray();

        Assert.Equal(12, payrolls.Length);
        Assert.All(payrolls, news => Assert.True(news is { Currency: "USD", Impact: NewsImpact.High, At: { DayOfWeek: DayOfWeek.Friday, Day: <= 8 } }));
        Assert.Equal(new DateTimeOffset(2026, 3, 6, 13, 30, 0, TimeSpan.Zero), payrolls[2].At);
        Assert.Equal(new DateTimeOffset(2026, 4, 3, 12, 30, 0, TimeSpan.Zero), payrolls[3].At);
    }

    [Fact]
    public void The_same_seed_has_the_same_calendar_and_another_seed_another()
    {
        Assert.Equal(Calendar.All, new NewsCalendar(7).All);
        Assert.NotEqual(Calendar.All, new NewsCalendar(8).All);
    }

    [Fact]
    public void Nothing_is_released_while_currencies_are_closed() =>
        Assert.All(Calendar.All, news => Assert.False(news.At.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, $"{news}"));

    [Fact]
    public void The_next_release_can_be_asked_by_currency_and_impact()
    {
        var after = new DateTimeOffset(2026, 3, 6, 13, 30, 0, TimeSpan.Zero);

        Assert.Equal(after, Calendar.Next(after.AddTicks(-1), "USD")!.At);
        Assert.True(Calendar.Next(after, "USD")!.At > after);
        Assert.Equal("GBP", Calendar.Next(after, "GBP", NewsImpact.High)!.Currency);
        Assert.Empty(Calendar.Between(after, after));
    }
}
