using System.Collections;
using System.Globalization;
using System.IO.Compression;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;

namespace TradeSense.Web.Commands;

/// <summary>Recorded quotes of several files, merged by time; rows of one file keep their order, and of equal times the first file's come first.</summary>
internal sealed class ReplayQuotes : IEnumerable<Quote>
{
    private static readonly Dictionary<string, Instrument> Instruments = InstrumentCatalog.All.ToDictionary(i => i.Symbol);

    private readonly List<Quote> _quotes = [];

    public HashSet<string> Symbols { get; } = [];
    public int Count => _quotes.Count;

    /// <summary>Quotes that are crossed, earlier than their symbol's last, or finer than the engine counts.</summary>
    public int LeftOut { get; private set; }

    public static ReplayQuotes Read(IEnumerable<string> files, List<string> problems)
    {
        List<IEnumerator<Quote>> heads = [.. files.Select(f => Rows(f, problems).GetEnumerator()).Where(rows => rows.MoveNext())];
        var merged = new ReplayQuotes();
        while (heads.Count > 0)
        {
            var first = heads.MinBy(h => h.Current.At)!;
            merged.Take(first.Current);
            if (!first.MoveNext()) heads.Remove(first);
        }

        return merged;
    }

    public IEnumerator<Quote> GetEnumerator() => _quotes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private readonly Dictionary<string, DateTimeOffset> _lastOf = [];

    private void Take(Quote quote)
    {
        Symbols.Add(quote.Symbol);
        if (!Instruments[quote.Symbol].Accepts(quote) || (_lastOf.TryGetValue(quote.Symbol, out var last) && quote.At < last))
        {
            LeftOut++;
            return;
        }

        _lastOf[quote.Symbol] = quote.At;
        _quotes.Add(quote);
    }

    /// <summary>Stops at the first row that cannot be read, which becomes a problem with its line.</summary>
    private static IEnumerable<Quote> Rows(string file, List<string> problems)
    {
        if (!File.Exists(file))
        {
            problems.Add($"{file}: there is no such file");
            yield break;
        }

        using var stream = File.OpenRead(file);
        using var text = new StreamReader(file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || (number == 1 && line.StartsWith("time", StringComparison.Ordinal))) continue;
            if (Row(line) is not { } quote)
            {
                problems.Add($"{file}: line {number}: not time,symbol,bid,ask of a symbol known here");
                yield break;
            }

            yield return quote;
        }
    }

    private static Quote? Row(string line)
    {
        var fields = line.Split(',');
        return fields.Length == 4
            && fields[0].EndsWith('Z') && DateTimeOffset.TryParse(fields[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && Instruments.TryGetValue(fields[1], out var instrument)
            && PlainDecimal.TryParse(fields[2], out var bid) && PlainDecimal.TryParse(fields[3], out var ask)
            ? new Quote(at, instrument.Symbol, new Price(bid), new Price(ask))
            : null;
    }
}
