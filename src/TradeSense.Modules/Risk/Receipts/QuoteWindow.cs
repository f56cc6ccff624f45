using System.Globalization;
using System.IO.Compression;
using System.Text;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>The quotes around a verdict as a receipt keeps them: lines of text in time order, packed.</summary>
public static class QuoteWindow
{
    public static readonly TimeSpan Reach = TimeSpan.FromSeconds(60);

    public static byte[] Pack(IEnumerable<Quote> quotes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            foreach (var quote in quotes.OrderBy(quote => quote.At).ThenBy(quote => quote.Symbol, StringComparer.Ordinal))
                gzip.Write(Encoding.ASCII.GetBytes(Line(quote) + "\n"));
        }

        return packed.ToArray();
    }

    public static IReadOnlyList<Quote> Unpack(byte[] packed)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
        var quotes = new List<Quote>();
        while (reader.ReadLine() is { } line) quotes.Add(Read(line));
        return quotes;
    }

    /// <summary>2014-05-02T12:30:01.4650000Z,EURUSD,1.38610,1.38760: the digits as they came.</summary>
    public static string Line(Quote quote) =>
        string.Create(CultureInfo.InvariantCulture, $"{quote.At.UtcDateTime:O},{quote.Symbol},{quote.Bid.Value},{quote.Ask.Value}");

    public static Quote Read(string line)
    {
        var parts = line.Split(',');
        if (parts.Length != 4) throw new FormatException($"“{line}” is no quote.");
        return new Quote(
            DateTimeOffset.ParseExact(parts[0], "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), parts[1],
            new Price(decimal.Parse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)),
            new Price(decimal.Parse(parts[3], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)));
    }
}
