using System.Globalization;
using System.IO.Compression;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Quotes.Feeds;
using static TradeSense.Tests.Trading.Quotes.Recordings;

namespace TradeSense.Tests.Trading.Quotes.Bars;

public class BarBuilderTests
{
    [Theory]
    [InlineData("EURUSD")]
    [InlineData("NZDUSD")]
    [InlineData("XAUUSD")]
    public void Minute_bars_built_from_quotes_equal_the_recorded_ones(string symbol)
    {
        string[] days = ["2014-05-02", "2014-05-04", "2014-05-05"];
        var built = Build(Ticks([.. days.Select(day => $"{symbol}-{day}")]), symbol)
            .Where(bar => bar.Period == BarPeriod.M1)
            .ToArray();

        Assert.Equal(Recorded(symbol, "bid", days), built.Select(bar => (bar.OpensAt, bar.Bid)));
        Assert.Equal(Recorded(symbol, "ask", days), built.Select(bar => (bar.OpensAt, bar.Ask)));
    }

    [Theory]
    [InlineData(BarPeriod.S1)]
    [InlineData(BarPeriod.S5)]
    [InlineData(BarPeriod.S15)]
    [InlineData(BarPeriod.M5)]
    [InlineData(BarPeriod.M15)]
    [InlineData(BarPeriod.M30)]
    [InlineData(BarPeriod.H1)]
    [InlineData(BarPeriod.H4)]
    [InlineData(BarPeriod.D1)]
    public void A_bar_of_any_period_is_what_its_quotes_say(BarPeriod period)
    {
        var files = Ticks("NZDUSD-2014-05-02", "NZDUSD-2014-05-04");
        var expected = QuoteFiles.Read(files)
            .GroupBy(quote => period.OpenOf(quote.At))
            .Select(quotes => new Bar(
                "NZDUSD", period, quotes.Key,
                new Ohlc(quotes.First().Bid.Value, quotes.Max(quote => quote.Bid.Value), quotes.Min(quote => quote.Bid.Value), quotes.Last().Bid.Value),
                new Ohlc(quotes.First().Ask.Value, quotes.Max(quote => quote.Ask.Value), quotes.Min(quote => quote.Ask.Value), quotes.Last().Ask.Value),
                quotes.Count()));

        Assert.Equal(expected, Build(files, "NZDUSD").Where(bar => bar.Period == period));
    }

    [Fact]
    public void A_builder_that_goes_on_after_a_restart_builds_the_same_bars()
    {
        var quotes = QuoteFiles.Read(Ticks("NZDUSD-2014-05-02")).Take(12_345).ToArray();
        var (whole, wholeClosed) = (new BarBuilder("NZDUSD"), new List<Bar>());
        foreach (var quote in quotes) whole.Add(quote, wholeClosed);

        var (before, after, closed) = (new BarBuilder("NZDUSD"), new BarBuilder("NZDUSD"), new List<Bar>());
        foreach (var quote in quotes[..7_000]) before.Add(quote, closed);
        after.Restore(BarPeriods.Stored.ToDictionary(period => period, period => before.Forming(period)!.Value));
        foreach (var quote in quotes[7_000..]) after.Add(quote, closed);

        Assert.Equal(wholeClosed.Where(bar => bar.Period >= BarPeriod.M1), closed.Where(bar => bar.Period >= BarPeriod.M1));
        Assert.Equal(whole.Forming(BarPeriod.D1), after.Forming(BarPeriod.D1));
        Assert.Equal(12_345, after.Forming(BarPeriod.D1)!.Value.Quotes);
    }

    [Fact]
    public void There_is_no_bar_before_the_first_quote() => Assert.Null(new BarBuilder("EURUSD").Forming(BarPeriod.H1));

    private static List<Bar> Build(string[] files, string symbol)
    {
        var (builder, closed) = (new BarBuilder(symbol), new List<Bar>());
        foreach (var quote in QuoteFiles.Read(files)) builder.Add(quote, closed);
        closed.AddRange(BarPeriods.All.Select(period => builder.Forming(period)).OfType<Bar>());
        return closed;
    }

    private static List<(DateTimeOffset, Ohlc)> Recorded(string symbol, string side, string[] days)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Recordings.Bars($"{symbol}-M1-2014-05-{side}")), CompressionMode.Decompress));
        var bars = new List<(DateTimeOffset, Ohlc)>();
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            if (!days.Any(day => line.StartsWith(day, StringComparison.Ordinal))) continue;

            var fields = line.Split(',');
            var prices = fields[2..6].Select(field => decimal.Parse(field, CultureInfo.InvariantCulture)).ToArray();
            bars.Add((DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture), new Ohlc(prices[0], prices[1], prices[2], prices[3])));
        }

        Assert.NotEmpty(bars);
        return bars;
    }
}
