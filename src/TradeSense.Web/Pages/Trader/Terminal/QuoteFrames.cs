using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Web.Live;

namespace TradeSense.Web.Pages.Trader.Terminal;

/// <summary>
/// The quotes as streams send them: symbol, bid, ask, time in milliseconds, change of the day in percent. What is new is put into words once for all streams that look at
/// the same beat; one that missed a frame, or has just come, gets all quotes.
/// </summary>
/// <remarks>
/// A frame tells the last quote of each symbol, and where the bid has been since the frame before: highest and lowest follow the change where they are other
/// prices. A symbol that has gone from one second into the next within a frame is told for each, so that no bar gets what belongs to its neighbour.
/// </remarks>
public sealed class QuoteFrames
{
    private readonly LatestQuotes _quotes;
    private readonly QuoteSpans _spans = new();

    public QuoteFrames(LatestQuotes quotes)
    {
        _quotes = quotes;
        quotes.Heard += _spans.Hear;
    }

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

    private bool IsGood(Frame frame) => frame.Version == _quotes.Version || (frame.MadeAt != 0 && Stopwatch.GetElapsedTime(frame.MadeAt) < Life);

    private Frame Make(Frame before)
    {
        var (version, all) = (_quotes.Version, _quotes.All);
        var news = all.Where(latest => !_told.TryGetValue(latest.Quote.Symbol, out var told) || told != latest).ToList();
        foreach (var latest in news) _told[latest.Quote.Symbol] = latest;
        var spans = news.ToDictionary(latest => latest.Quote.Symbol, latest => _spans.Take(latest.Quote.Symbol));
        return new Frame(before.Number + 1, version, Stopwatch.GetTimestamp(), Lines(news.SelectMany(latest => Rows(latest, spans[latest.Quote.Symbol]))), new Lazy<ReadOnlyMemory<byte>>(() => Lines(all.Select(latest => Row(latest, latest.Quote, null)))));
    }

    private static IEnumerable<object[]> Rows(LatestQuote latest, IReadOnlyList<QuoteSpan> spans) =>
        spans.Count == 0 ? [Row(latest, latest.Quote, null)] : spans.Select(span => Row(latest, span.Last, span));

    private static object[] Row(LatestQuote latest, Quote quote, QuoteSpan? span)
    {
        object[] row = [quote.Symbol, quote.Bid.Value, quote.Ask.Value, quote.At.ToUnixTimeMilliseconds(), decimal.Round(latest.DayChangePercent, 2, MidpointRounding.AwayFromZero)];
        return span is { } seen && (seen.High != quote.Bid.Value || seen.Low != quote.Bid.Value) ? [.. row, seen.High, seen.Low] : row;
    }

    private static ReadOnlyMemory<byte> Lines(IEnumerable<object[]> rows) => Encoding.UTF8.GetBytes("event: quotes\n" + LiveFrame.AsData(JsonSerializer.Serialize(rows)));
}

/// <summary>A symbol's bids within one second: where they ended, and how far they went.</summary>
internal readonly record struct QuoteSpan(Quote Last, decimal High, decimal Low);

/// <summary>Where each symbol's bid has been since somebody looked, second by second.</summary>
internal sealed class QuoteSpans
{
    /// <summary>While nobody looks only the last seconds are worth remembering.</summary>
    private const int Most = 3;

    private readonly Dictionary<string, List<QuoteSpan>> _spans = new(StringComparer.Ordinal);
    private readonly Lock _hearing = new();

    public void Hear(Quote quote)
    {
        var bid = quote.Bid.Value;
        lock (_hearing)
        {
            if (!_spans.TryGetValue(quote.Symbol, out var spans)) _spans[quote.Symbol] = spans = [];
            if (spans.Count > 0 && spans[^1] is var last && last.Last.At.ToUnixTimeSeconds() == quote.At.ToUnixTimeSeconds())
            {
                spans[^1] = new QuoteSpan(quote, Math.Max(last.High, bid), Math.Min(last.Low, bid));
                return;
            }

            if (spans.Count == Most) spans.RemoveAt(0);
            spans.Add(new QuoteSpan(quote, bid, bid));
        }
    }

    public IReadOnlyList<QuoteSpan> Take(string symbol)
    {
        lock (_hearing) return _spans.Remove(symbol, out var spans) ? spans : [];
    }
}
