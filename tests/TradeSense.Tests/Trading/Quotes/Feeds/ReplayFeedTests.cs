using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Quotes.Feeds;

public sealed class ReplayFeedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tradesense-replay-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Several_files_are_merged_by_time_and_rows_of_one_instant_keep_their_order()
    {
        var euro = File("euro.csv", "2014-05-02T12:30:01.535Z,EURUSD,1.1,1.2", "2014-05-02T12:30:01.535Z,EURUSD,1.0,1.3", "2014-05-02T12:30:03Z,EURUSD,1.1,1.2");
        var gold = File("gold.csv", "2014-05-02T12:30:01.535Z,XAUUSD,1300,1301", "2014-05-02T12:30:02.1Z,XAUUSD,1299.5,1301");

        var quotes = await Read(new QuotesOptions { Files = [euro, gold], Speed = 0, Loop = false });

        Assert.Equal(
            ["EURUSD 1.1", "EURUSD 1.0", "XAUUSD 1300", "XAUUSD 1299.5", "EURUSD 1.1"],
            quotes.Select(quote => $"{quote.Symbol} {quote.Bid}"));
    }

    [Fact]
    public async Task A_second_pass_is_moved_by_whole_weeks()
    {
        var file = File("week.csv", "2014-05-02T12:00:00Z,EURUSD,1.1,1.2", "2014-05-05T12:00:00Z,EURUSD,1.1,1.2");

        var quotes = await Read(new QuotesOptions { Files = [file], Speed = 0 }, take: 5);

        Assert.Equal(["05-02", "05-05", "05-09", "05-12", "05-16"], quotes.Select(quote => quote.At.ToString("MM-dd", null)));
    }

    [Fact]
    public async Task A_recording_of_more_than_a_week_does_not_overlap_itself()
    {
        var file = File("long.csv", "2014-05-02T12:00:00Z,EURUSD,1.1,1.2", "2014-05-09T12:00:00Z,EURUSD,1.1,1.2");

        var quotes = await Read(new QuotesOptions { Files = [file], Speed = 0 }, take: 3);

        Assert.Equal("2014-05-16T12:00:00Z", quotes[2].At.ToString("yyyy-MM-ddTHH:mm:ssZ", null));
    }

    [Fact]
    public async Task A_start_moves_the_recording_to_the_same_weekday_at_or_before_it()
    {
        var file = File("start.csv", "2014-05-02T12:00:00Z,EURUSD,1.1,1.2");
        var start = new DateTimeOffset(2026, 11, 21, 11, 0, 0, TimeSpan.Zero);

        var quotes = await Read(new QuotesOptions { Files = [file], Speed = 0, Loop = false, StartAt = start });

        Assert.Equal(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), Assert.Single(quotes).At);
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_behind_what_was_played()
    {
        var feed = new ReplayFeed(new QuotesOptions { Files = [File("again.csv", "2014-05-02T12:00:00Z,EURUSD,1.1,1.2")], Speed = 0 }, TimeProvider.System);

        feed.ResumeAfter(new DateTimeOffset(2014, 5, 9, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateTimeOffset(2014, 5, 16, 12, 0, 0, TimeSpan.Zero), (await feed.Opening(CancellationToken.None)).At);
        await foreach (var (quote, _, _) in feed.Read(CancellationToken.None))
        {
            Assert.Equal(new DateTimeOffset(2014, 5, 16, 12, 0, 0, TimeSpan.Zero), quote.At);
            break;
        }
    }

    [Fact]
    public async Task Ten_times_the_speed_takes_a_tenth_of_the_time()
    {
        var file = File("speed.csv", "2014-05-02T12:00:00Z,EURUSD,1.1,1.2", "2014-05-02T12:00:10Z,EURUSD,1.1,1.2");
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var feed = new ReplayFeed(new QuotesOptions { Files = [file], Speed = 10, Loop = false }, clock);
        await using var quotes = feed.Read(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None);

        Assert.True(await quotes.MoveNextAsync());
        var second = quotes.MoveNextAsync().AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(await second);
        Assert.Equal(feed.Now, quotes.Current.Quote.At);
        Assert.Equal(2, feed.Health.Quotes);
    }

    [Theory]
    [InlineData("2014-05-02T12:30:01.535Z,EURUSD,1.1", "four fields")]
    [InlineData("2014-05-02T12:30:01.535Z,EURUSD,1.1,1.2,7", "four fields")]
    [InlineData("02.05.2014 12:30,EURUSD,1.1,1.2", "'02.05.2014 12:30' is not a time")]
    [InlineData("2014-02-30T12:30:01Z,EURUSD,1.1,1.2", "is not a time")]
    [InlineData("2014-05-02T12:30:01,EURUSD,1.1,1.2", "is not a time")]
    [InlineData("2014-05-02T12:30:01Z,,1.1,1.2", "the symbol is empty")]
    [InlineData("2014-05-02T12:30:01Z,EURUSD,NaN,1.2", "the bid 'NaN' is not a price")]
    [InlineData("2014-05-02T12:30:01Z,EURUSD,1.1,1e5", "the ask '1e5' is not a price")]
    [InlineData("2014-05-02T12:30:01Z,EURUSD,1.1,12345678901234567890", "is not a price")]
    [InlineData("", "the line is empty")]
    public async Task A_malformed_line_is_named_with_its_file_and_number(string line, string problem)
    {
        var file = File("bad.csv", "2014-05-02T12:30:00Z,EURUSD,1.1,1.2", line, "2014-05-02T12:30:02Z,EURUSD,1.1,1.2");

        var error = await Assert.ThrowsAsync<QuoteFileException>(() => Read(new QuotesOptions { Files = [file], Speed = 0, Loop = false }));

        Assert.StartsWith("bad.csv, line 3: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_line_without_an_end_and_windows_line_ends_are_read()
    {
        var file = Path.Combine(_folder, "windows.csv");
        System.IO.File.WriteAllText(file, "time_utc,symbol,bid,ask\r\n2014-05-02T12:30:00Z,EURUSD,1.10,1.20\r\n2014-05-02T12:30:01.5Z,EURUSD,1.11,1.21");

        var quotes = await Read(new QuotesOptions { Files = [file], Speed = 0, Loop = false });

        Assert.Equal(["1.10/1.20", "1.11/1.21"], quotes.Select(quote => $"{quote.Bid}/{quote.Ask}"));
    }

    [Fact]
    public async Task A_recording_without_a_quote_is_an_error() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Read(new QuotesOptions { Files = [File("empty.csv")], Speed = 0 }));

    [Fact]
    public void Settings_that_cannot_be_meant_are_named()
    {
        string Problem(params (string Name, string Value)[] settings) => Assert.Throws<InvalidOperationException>(
            () => QuotesOptions.Read(name => settings.FirstOrDefault(setting => setting.Name == name).Value)).Message;

        Assert.Contains("TRADESENSE_FEED is 'dreams'", Problem(("TRADESENSE_FEED", "dreams")), StringComparison.Ordinal);
        Assert.Contains("live needs TRADESENSE_FEED_ROUTES", Problem(("TRADESENSE_FEED", "live")), StringComparison.Ordinal);
        Assert.Contains("TRADESENSE_FEED_SPEED is '1001'", Problem(("TRADESENSE_FEED_SPEED", "1001")), StringComparison.Ordinal);
        Assert.Contains("needs TRADESENSE_FEED_FILES", Problem(("TRADESENSE_FEED", "replay")), StringComparison.Ordinal);
        Assert.Contains("no file 'nowhere.csv'", Problem(("TRADESENSE_FEED_FILES", "nowhere.csv")), StringComparison.Ordinal);
    }

    private string File(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllLines(path, ["time_utc,symbol,bid,ask", .. lines]);
        return path;
    }

    private static async Task<List<Quote>> Read(QuotesOptions options, int take = int.MaxValue)
    {
        var quotes = new List<Quote>();
        await foreach (var (quote, _, _) in new ReplayFeed(options, TimeProvider.System).Read(CancellationToken.None))
        {
            quotes.Add(quote);
            if (quotes.Count == take) break;
        }

        return quotes;
    }
}
