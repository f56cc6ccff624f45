using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Web.Live;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>
/// The quotes as streams send them: symbol, bid, ask, time in milliseconds, change of the day in percent. What is new is put into words once for all streams that look at
/// the same beat; one that missed a frame, or has just come, gets all quotes.
/// </summary>
public sealed class QuoteFrames(LatestQuotes quotes)
{
    /// <summary>A little less than the beat, so that each beat finds a frame of its own and all streams of a beat the same one.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMilliseconds(85);

    private readonly Dictionary<string, LatestQuote> _told = new(StringComparer.Ordinal);
    private readonly Lock _making = new();
    private volatile Frame _newest = new(0, -1, 0, default, new Lazy<ReadOnlyMemory<byte>>(default(ReadOnlyMemory<byte>)));

    /// <param name="Version">Of the quotes it tells.</param>
    private sealed record Frame(long Number, long Version, long MadeAt, ReadOnlyMemory<byte> News, Lazy<ReadOnlyMemory<byte>> All);

    /// <summary>What a stream that saw the frame of this number has not seen yet; empty when there is none.</summary>
    public ReadOnlyMemory<byte> News(ref long seen)
    {
        var newest = Newest();
        if (newest.Number == seen) return default;

        var news = newest.Number == seen + 1 && seen > 0 ? newest.News : newest.All.Value;
        seen = newest.Number;
        return news;
    }

    private Frame Newest()
    {
        if (IsGood(_newest)) return _newest;

        lock (_making)
        {
            return IsGood(_newest) ? _newest : _newest = Make(_newest);
        }
    }

    private bool IsGood(Frame frame) => frame.Version == quotes.Version || (frame.MadeAt != 0 && Stopwatch.GetElapsedTime(frame.MadeAt) < Life);

    private Frame Make(Frame before)
    {
        var (version, all) = (quotes.Version, quotes.All);
        var news = all.Where(latest => !_told.TryGetValue(latest.Quote.Symbol, out var told) || told != latest).ToList();
        foreach (var latest in news) _told[latest.Quote.Symbol] = latest;
        return new Frame(before.Number + 1, version, Stopwatch.GetTimestamp(), Lines(news), new Lazy<ReadOnlyMemory<byte>>(() => Lines(all)));
    }

    private static ReadOnlyMemory<byte> Lines(IEnumerable<LatestQuote> latest) => Encoding.UTF8.GetBytes("event: quotes\n" + LiveFrame.AsData(JsonSerializer.Serialize(latest.Select(one => new object[]
    {
        one.Quote.Symbol, one.Quote.Bid.Value, one.Quote.Ask.Value, one.Quote.At.ToUnixTimeMilliseconds(), decimal.Round(one.DayChangePercent, 2, MidpointRounding.AwayFromZero),
    }))));
}
