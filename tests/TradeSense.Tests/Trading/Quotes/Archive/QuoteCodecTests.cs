using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Quotes.Feeds;
using static TradeSense.Tests.Trading.Quotes.Recordings;

namespace TradeSense.Tests.Trading.Quotes.Archive;

public class QuoteCodecTests
{
    [Fact]
    public void A_recorded_day_reads_back_bit_by_bit_in_few_bytes()
    {
        var (quotes, bytes) = (0, 0);
        foreach (var minute in QuoteFiles.Read(Ticks(Payrolls)).GroupBy(quote => (quote.Symbol, BarPeriod.M1.OpenOf(quote.At))))
        {
            var payload = QuoteCodec.Encode(minute.ToArray());
            AssertSameBits(minute.ToArray(), QuoteCodec.Decode(minute.Key.Symbol, minute.Key.Item2, payload));
            quotes += minute.Count();
            bytes += payload.Length;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{quotes} quotes in {bytes} bytes: {(decimal)bytes / quotes:F2} bytes a quote");
        Assert.Equal(356_021, quotes);
        Assert.True(bytes < quotes * 6, "More than six bytes a quote.");
    }

    [Fact]
    public void Trailing_zeros_odd_ticks_and_locked_prices_survive()
    {
        var start = DateTimeOffset.UnixEpoch.AddYears(56);
        Quote[] quotes =
        [
            new(start.AddTicks(3), "XAUUSD", new(1284.44m), new(1284.440m)),
            new(start.AddTicks(3), "XAUUSD", new(1284.4m), new(1290m)),
            new(start.AddSeconds(59).AddTicks(9_999_999), "XAUUSD", new(0.00001m), new(98765432.10m)),
        ];

        AssertSameBits(quotes, QuoteCodec.Decode("XAUUSD", start, QuoteCodec.Encode(quotes)));
    }

    [Fact]
    public void A_payload_of_another_format_is_refused() =>
        Assert.Throws<InvalidDataException>(() => QuoteCodec.Decode("EURUSD", DateTimeOffset.UnixEpoch, [99, 1, 2]));

    private static void AssertSameBits(Quote[] expected, Quote[] actual)
    {
        Assert.True(expected.SequenceEqual(actual));

        // Equal decimals can be written differently: 1.10 is 1.1.
        Assert.True(expected.Zip(actual).All(pair => pair.First.Bid.Value.Scale == pair.Second.Bid.Value.Scale && pair.First.Ask.Value.Scale == pair.Second.Ask.Value.Scale));
    }
}
