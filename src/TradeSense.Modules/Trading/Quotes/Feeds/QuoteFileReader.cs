using System.IO.Compression;
using System.Text;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds;

/// <summary>Reads one recording, <c>time_utc,symbol,bid,ask</c> by lines, plain or gzip, without making garbage for each line.</summary>
internal sealed class QuoteFileReader : IDisposable
{
    private const int LongestLine = 4096;

    private readonly string _path;
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly List<(byte[] Name, string Symbol)> _symbols = [];
    private int _start;
    private int _end;
    private long _line;

    public QuoteFileReader(string path)
    {
        _path = path;
        var file = File.OpenRead(path);
        _stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    public bool TryRead(out Quote quote)
    {
        while (TryReadLine(out var line))
        {
            _line++;
            if (_line == 1 && line.StartsWith("time_utc"u8)) continue;
            if (line.IsEmpty && _start == _end && !Fill()) break;

            quote = Parse(line);
            return true;
        }

        quote = default;
        return false;
    }

    public void Dispose() => _stream.Dispose();

    private Quote Parse(ReadOnlySpan<byte> line)
    {
        Span<Range> fields = stackalloc Range[6];
        var count = 0;
        foreach (var field in line.Split((byte)','))
        {
            if (count == fields.Length) break;
            fields[count++] = field;
        }

        if (count != 4) throw Malformed(line, "four fields are expected: time_utc,symbol,bid,ask");
        if (!QuoteText.TryTime(line[fields[0]], out var at)) throw Malformed(line, $"'{Text(line[fields[0]])}' is not a time such as 2014-05-02T12:30:01.535Z");
        if (line[fields[1]].IsEmpty) throw Malformed(line, "the symbol is empty");
        if (!QuoteText.TryPrice(line[fields[2]], out var bid)) throw Malformed(line, $"the bid '{Text(line[fields[2]])}' is not a price");
        if (!QuoteText.TryPrice(line[fields[3]], out var ask)) throw Malformed(line, $"the ask '{Text(line[fields[3]])}' is not a price");

        return new Quote(at, SymbolOf(line[fields[1]]), new Price(bid), new Price(ask));
    }

    /// <summary>One string per symbol, not per line; a recording has few.</summary>
    private string SymbolOf(ReadOnlySpan<byte> name)
    {
        foreach (var (known, symbol) in _symbols)
        {
            if (name.SequenceEqual(known)) return symbol;
        }

        _symbols.Add((name.ToArray(), Text(name)));
        return _symbols[^1].Symbol;
    }

    /// <summary>The next line without its end; also the last one when no line end follows it.</summary>
    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var length = rest.IndexOf((byte)'\n');
            if (length < 0 && rest.Length > LongestLine) throw new QuoteFileException(_path, _line + 1, "the line does not end");

            if (length < 0 && Fill()) continue;
            if (length < 0 && rest.IsEmpty)
            {
                line = default;
                return false;
            }

            line = length < 0 ? rest : rest[..length];
            _start += length < 0 ? rest.Length : length + 1;
            if (line.EndsWith("\r"u8)) line = line[..^1];
            return true;
        }
    }

    /// <summary>Moves what is left to the front and reads on; false at the end of the file.</summary>
    private bool Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        int read;
        try
        {
            read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (InvalidDataException)
        {
            throw new QuoteFileException(_path, _line + 1, "the gzip data is damaged");
        }

        _end += read;
        return read > 0;
    }

    private QuoteFileException Malformed(ReadOnlySpan<byte> line, string problem) =>
        new(_path, _line, line.IsEmpty ? "the line is empty" : problem);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 40)]);
}
