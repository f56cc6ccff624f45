using System.Buffers;
using System.IO.Compression;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Archive;

/// <summary>One symbol's quotes of one minute as bytes and back, exact to the tick and to the written digits of each price.</summary>
/// <remarks>
/// Layout: version, then Brotli over: digits, flags, count; time steps; bid steps; spread steps; and, only where prices are written with different
/// numbers of digits, each price's digits. All steps are zigzag varints, in columns, since equal kinds of numbers compress best side by side.
/// </remarks>
internal static class QuoteCodec
{
    private const byte Version = 1;
    private const byte WholeMilliseconds = 1;
    private const byte MixedDigits = 2;
    private const int Quality = 4;
    private const int Window = 18;

    public static byte[] Encode(ReadOnlySpan<Quote> quotes)
    {
        var raw = new ArrayBufferWriter<byte>(16 + (quotes.Length * 8));
        WriteColumns(raw, quotes);

        var payload = new byte[1 + BrotliEncoder.GetMaxCompressedLength(raw.WrittenCount)];
        payload[0] = Version;
        if (!BrotliEncoder.TryCompress(raw.WrittenSpan, payload.AsSpan(1), out var written, Quality, Window))
            throw new InvalidOperationException("The encoder's own upper bound was too small.");

        return payload[..(written + 1)];
    }

    public static Quote[] Decode(string symbol, DateTimeOffset minute, byte[] payload)
    {
        if (payload.Length == 0 || payload[0] != Version)
            throw new InvalidDataException($"The quotes of {symbol} at {minute:O} are not in a known format.");

        using var stream = new BrotliStream(new MemoryStream(payload, 1, payload.Length - 1), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        stream.CopyTo(raw);
        var reader = new StepReader(raw.GetBuffer().AsSpan(0, (int)raw.Length));
        return ReadColumns(symbol, minute, ref reader);
    }

    private static void WriteColumns(ArrayBufferWriter<byte> raw, ReadOnlySpan<Quote> quotes)
    {
        var (digits, flags) = Survey(quotes);
        var unit = (flags & WholeMilliseconds) != 0 ? TimeSpan.TicksPerMillisecond : 1;
        raw.Write([digits, flags]);
        Write(raw, quotes.Length);

        var last = quotes[0].At.UtcTicks - (quotes[0].At.UtcTicks % TimeSpan.TicksPerMinute);
        foreach (ref readonly var quote in quotes)
        {
            Write(raw, (quote.At.UtcTicks - last) / unit);
            last = quote.At.UtcTicks;
        }

        last = 0;
        foreach (ref readonly var quote in quotes) last = WriteStep(raw, InPoints(quote.Bid.Value, digits), last);

        last = 0;
        foreach (ref readonly var quote in quotes) last = WriteStep(raw, InPoints(quote.Ask.Value - quote.Bid.Value, digits), last);

        if ((flags & MixedDigits) == 0) return;
        foreach (ref readonly var quote in quotes) raw.Write([quote.Bid.Value.Scale, quote.Ask.Value.Scale]);
    }

    private static Quote[] ReadColumns(string symbol, DateTimeOffset minute, ref StepReader reader)
    {
        var (digits, flags) = (reader.Byte(), reader.Byte());
        var unit = (flags & WholeMilliseconds) != 0 ? TimeSpan.TicksPerMillisecond : 1;
        var quotes = new Quote[checked((int)reader.Next())];

        var times = reader.Column(quotes.Length, minute.UtcTicks, unit);
        var bids = reader.Column(quotes.Length, 0, 1);
        var spreads = reader.Column(quotes.Length, 0, 1);
        for (var i = 0; i < quotes.Length; i++)
        {
            var mixed = (flags & MixedDigits) != 0;
            var (bidDigits, askDigits) = mixed ? (reader.Byte(), reader.Byte()) : (digits, digits);
            var (bid, ask) = (FromPoints(bids[i], digits, bidDigits), FromPoints(bids[i] + spreads[i], digits, askDigits));
            quotes[i] = new Quote(new DateTimeOffset(times[i], TimeSpan.Zero), symbol, new Price(bid), new Price(ask));
        }

        return quotes;
    }

    private static (byte Digits, byte Flags) Survey(ReadOnlySpan<Quote> quotes)
    {
        var (digits, mixed, whole) = (quotes[0].Bid.Value.Scale, false, true);
        foreach (ref readonly var quote in quotes)
        {
            var (bid, ask) = (quote.Bid.Value.Scale, quote.Ask.Value.Scale);
            mixed |= bid != digits || ask != digits;
            digits = Math.Max(digits, Math.Max(bid, ask));
            whole &= quote.At.UtcTicks % TimeSpan.TicksPerMillisecond == 0;
        }

        return (digits, (byte)((whole ? WholeMilliseconds : 0) | (mixed ? MixedDigits : 0)));
    }

    /// <summary>The number without its point. Prices are far within 64 bits at the digits markets use; what is not throws.</summary>
    private static long InPoints(decimal price, byte digits)
    {
        var points = price * PowerOfTen(digits);
        return decimal.ToInt64(points);
    }

    private static decimal FromPoints(long points, byte digits, byte written)
    {
        // Fewer written digits mean trailing zeros in points, so the division is exact.
        for (var i = written; i < digits; i++) points /= 10;
        var size = (ulong)Math.Abs(points);
        return new decimal((int)size, (int)(size >> 32), 0, points < 0, written);
    }

    private static decimal PowerOfTen(byte digits)
    {
        var power = 1m;
        for (var i = 0; i < digits; i++) power *= 10m;
        return power;
    }

    private static long WriteStep(ArrayBufferWriter<byte> raw, long value, long last)
    {
        Write(raw, value - last);
        return value;
    }

    private static void Write(ArrayBufferWriter<byte> raw, long value)
    {
        var zigzag = (ulong)((value << 1) ^ (value >> 63));
        var span = raw.GetSpan(10);
        var length = 0;
        for (; zigzag >= 0x80; zigzag >>= 7) span[length++] = (byte)(zigzag | 0x80);
        span[length++] = (byte)zigzag;
        raw.Advance(length);
    }

    private ref struct StepReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public byte Byte()
        {
            var value = _rest[0];
            _rest = _rest[1..];
            return value;
        }

        public long Next()
        {
            var zigzag = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var part = Byte();
                zigzag |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80) return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
            }
        }

        public long[] Column(int count, long start, long unit)
        {
            var values = new long[count];
            for (var i = 0; i < count; i++) values[i] = start += Next() * unit;
            return values;
        }
    }
}
