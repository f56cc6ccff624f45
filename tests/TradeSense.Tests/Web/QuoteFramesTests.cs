using System.Text;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Web.Pages.Trader.Terminal;

namespace TradeSense.Tests.Web;

/// <summary>What a stream tells of quotes that come faster than it looks.</summary>
public sealed class QuoteFramesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_frame_tells_how_far_the_bid_went_between_two_looks_and_keeps_seconds_apart()
    {
        var (quotes, seen) = (new LatestQuotes(), 0L);
        var frames = new QuoteFrames(quotes);
        void Hear(int milliseconds, decimal bid) => quotes.Put(new Quote(Noon.AddMilliseconds(milliseconds), "EURUSD", new Price(bid), new Price(bid + 1)));

        async Task<string> Next()
        {
            while (true)
            {
                if (frames.News(ref seen) is { IsEmpty: false } news) return Encoding.UTF8.GetString(news.Span).Split("data: ")[1].Trim();
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }

        Hear(0, 10);
        Assert.Equal($"[[\"EURUSD\",10,11,{Noon.ToUnixTimeMilliseconds()},0]]", await Next());

        foreach (var (at, bid) in new[] { (100, 12m), (200, 9m), (300, 11m) }) Hear(at, bid);
        Assert.Equal($"[[\"EURUSD\",11,12,{Noon.ToUnixTimeMilliseconds() + 300},10,12,9]]", await Next());

        Hear(900, 13);
        Hear(950, 11);
        Hear(1_050, 11);
        Assert.Equal($"[[\"EURUSD\",11,12,{Noon.ToUnixTimeMilliseconds() + 950},10,13,11],[\"EURUSD\",11,12,{Noon.ToUnixTimeMilliseconds() + 1_050},10]]", await Next());
    }
}
