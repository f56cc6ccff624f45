using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TradeSense.Benchmarks.Measuring;

namespace TradeSense.Benchmarks.Ground;

/// <summary>One request that is sent again and again, and what its answer must hold to be the page it is taken for.</summary>
internal sealed record PageRequest(string Host, string Path, string Cookie, IReadOnlyList<string> MustHold)
{
    public byte[] Bytes { get; } = Encoding.ASCII.GetBytes($"GET {Path} HTTP/1.1\r\nHost: {Host}\r\n{(Cookie.Length > 0 ? $"Cookie: {Cookie}\r\n" : "")}User-Agent: bench\r\nAccept: text/html\r\n\r\n");
}

/// <summary>
/// Connections that each send the next request when the last answer is complete: HTTP/1.1 on bare sockets, so that little of the machine goes to asking. An answer counts when
/// it is a complete 200 of the size the checked first one of its connection had, give or take a fifth; anything else ends the run.
/// </summary>
internal sealed class HttpLoad(int port)
{
    private const int Connections = 64;

    /// <summary>Processor time the generator itself took in the last run, in cores.</summary>
    public decimal Cores { get; private set; }

    /// <summary>Bytes of the last run's first checked page.</summary>
    public int PageSize { get; private set; }

    public async Task<Reading> Run(IReadOnlyList<PageRequest> requests, TimeSpan length, CancellationToken ct)
    {
        var (waits, clock, processor) = (new Waits(Connections), Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(n => Task.Run(() => Repeat(n, requests, waits, clock, length, ct), ct)));
        var reading = waits.Over(clock.Elapsed);
        Cores = (Process.GetCurrentProcess().TotalProcessorTime - processor).Ticks / (decimal)clock.Elapsed.Ticks;
        return reading;
    }

    private async Task Repeat(int number, IReadOnlyList<PageRequest> requests, Waits waits, Stopwatch clock, TimeSpan length, CancellationToken ct)
    {
        using var connection = new HttpConnection(port);
        await connection.Open(ct);
        var sizes = new Dictionary<PageRequest, int>();
        for (var i = number; clock.Elapsed < length; i++)
        {
            var request = requests[i % requests.Count];
            var began = Stopwatch.GetTimestamp();
            var answer = await connection.Ask(request.Bytes, ct);
            waits.Add(number, began);
            if (answer.Status != 200) throw new InvalidOperationException($"{request.Path} answered {answer.Status}.");
            if (!sizes.TryGetValue(request, out var size))
            {
                sizes[request] = answer.Body.Length;
                PageSize = answer.Body.Length;
                Check(request, Encoding.UTF8.GetString(answer.Body.Span));
            }
            else if (Math.Abs(answer.Body.Length - size) > size / 5)
            {
                throw new InvalidOperationException($"{request.Path} had {size} bytes, now {answer.Body.Length}.");
            }
        }
    }

    private static void Check(PageRequest request, string body)
    {
        foreach (var text in request.MustHold)
            if (!body.Contains(text, StringComparison.Ordinal)) throw new InvalidOperationException($"{request.Path} does not hold “{text}”: it is another page.");
    }
}

internal readonly record struct HttpAnswer(int Status, ReadOnlyMemory<byte> Body);

/// <summary>One kept-alive connection; the answer's memory is good until the next question.</summary>
internal sealed class HttpConnection(int port) : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];
    private byte[] _body = new byte[64 * 1024];
    private int _filled;

    public Task Open(CancellationToken ct) => _socket.ConnectAsync(IPAddress.Loopback, port, ct).AsTask();

    public async Task<HttpAnswer> Ask(byte[] request, CancellationToken ct)
    {
        await _socket.SendAsync(request, SocketFlags.None, ct);
        _filled = 0;
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0) await Fill(ct);

        var head = Encoding.ASCII.GetString(_buffer, 0, end + 2);
        var status = int.Parse(head.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
        if (head.Contains("\r\nTransfer-Encoding: chunked\r\n", StringComparison.OrdinalIgnoreCase)) return new(status, await Chunks(end + 4, ct));

        var length = LengthIn(head);
        while (_filled < end + 4 + length) await Fill(ct);
        return new(status, _buffer.AsMemory(end + 4, length));
    }

    private static int LengthIn(string head)
    {
        const string Name = "\r\nContent-Length: ";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0) throw new InvalidOperationException($"An answer without a length: {head}");
        at += Name.Length;
        return int.Parse(head.AsSpan(at, head.IndexOf('\r', at) - at), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<ReadOnlyMemory<byte>> Chunks(int at, CancellationToken ct)
    {
        for (var written = 0; ;)
        {
            int lineEnd;
            while ((lineEnd = _buffer.AsSpan(at, _filled - at).IndexOf("\r\n"u8)) < 0) await Fill(ct);
            var size = int.Parse(Encoding.ASCII.GetString(_buffer, at, lineEnd), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
            at += lineEnd + 2;
            while (_filled < at + size + 2) await Fill(ct);
            if (size == 0) return _body.AsMemory(0, written);

            if (written + size > _body.Length) Array.Resize(ref _body, Math.Max(_body.Length * 2, written + size));
            _buffer.AsSpan(at, size).CopyTo(_body.AsSpan(written));
            (written, at) = (written + size, at + size + 2);
        }
    }

    private async Task Fill(CancellationToken ct)
    {
        if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), SocketFlags.None, ct);
        _filled += read > 0 ? read : throw new IOException("The server closed the connection in the middle of an answer.");
    }

    public void Dispose() => _socket.Dispose();
}
