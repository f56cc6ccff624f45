using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TradeSense.Benchmarks.Measuring;

namespace TradeSense.Benchmarks.Ground;

/// <summary>
/// Thousands of live streams on bare sockets. A frame is known by its data line; its delivery to a stream is counted from the moment the first of all streams had it, which
/// needs no clock of the server's.
/// </summary>
internal sealed class StreamLoad(ServerUnderTest server, int streams)
{
    private const int Openers = 64;

    /// <summary>Processor time that receiving took in the last run, in cores.</summary>
    public decimal Cores { get; private set; }

    /// <summary>Processor time the server took meanwhile, in cores.</summary>
    public decimal ServerCores { get; private set; }

    /// <summary>What the server's memory grew by for each of the first run's streams.</summary>
    public decimal KilobytesEach { get; private set; }

    public async Task<Reading> Run(IReadOnlyList<PageRequest> requests, TimeSpan length, CancellationToken ct)
    {
        var counting = new Counting(streams);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var open = new ConcurrentBag<FrameReader>();
        try
        {
            // What the first streams bring along (code, its compiling, pools, heap) is no connection's: it counts from the first tenth on, once that has run as long as all will.
            var few = Math.Max(1, streams / 10);
            await Open(requests, 0, few, open, counting, ct);
            var first = Task.WhenAll(open.Select(reader => reader.Read(end.Token)));
            await Task.Delay(KilobytesEach == 0 ? length + TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(1), ct);
            var before = server.Memory;
            var others = await Open(requests, few, streams - few, open, counting, ct);
            var reading = Task.WhenAll([first, .. others.Select(reader => reader.Read(end.Token))]);
            await Task.Delay(TimeSpan.FromSeconds(2), ct);
            var (clock, processor, serverProcessor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime, server.ProcessorTime);
            counting.Begin();
            await Task.WhenAny(reading, Task.Delay(length, ct));
            counting.End();
            var elapsed = clock.Elapsed;
            (Cores, ServerCores) = (Share(Process.GetCurrentProcess().TotalProcessorTime - processor, elapsed), Share(server.ProcessorTime - serverProcessor, elapsed));
            if (KilobytesEach == 0) KilobytesEach = Math.Max(0m, (server.Memory - before) / 1024m / Math.Max(1, streams - few));
            await end.CancelAsync();
            await reading;
            return counting.Waits.Over(elapsed);
        }
        finally
        {
            foreach (var reader in open) reader.Dispose();
        }
    }

    /// <returns>Those that were opened now.</returns>
    private async Task<IReadOnlyCollection<FrameReader>> Open(IReadOnlyList<PageRequest> requests, int first, int count, ConcurrentBag<FrameReader> open, Counting counting, CancellationToken ct)
    {
        var opened = new ConcurrentBag<FrameReader>();
        await Parallel.ForEachAsync(Enumerable.Range(first, count), new ParallelOptions { MaxDegreeOfParallelism = Openers, CancellationToken = ct }, async (n, stop) =>
        {
            var reader = new FrameReader(n, counting);
            open.Add(reader);
            await reader.Open(server.Port, requests[n % requests.Count], stop);
            opened.Add(reader);
        });
        return opened;
    }

    private static decimal Share(TimeSpan taken, TimeSpan elapsed) => taken.Ticks / (decimal)elapsed.Ticks;

    /// <summary>When each frame was first seen, and how much later the others had it.</summary>
    private sealed class Counting(int streams)
    {
        private readonly ConcurrentDictionary<int, long> _first = new();
        private volatile bool _counts;

        public Waits Waits { get; } = new(streams);

        public void Begin() => _counts = true;

        public void End() => _counts = false;

        public void Take(int stream, ReadOnlySpan<byte> data)
        {
            var hash = new HashCode();
            hash.AddBytes(data);
            var first = _first.GetOrAdd(hash.ToHashCode(), Stopwatch.GetTimestamp());
            if (_counts) Waits.Add(stream, first);
        }
    }

    /// <summary>One connection: finds the frames of quotes in what comes, whatever stands around them.</summary>
    private sealed class FrameReader(int number, Counting counting) : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        private byte[] _buffer = new byte[4096];
        private int _filled;

        public async Task Open(int port, PageRequest request, CancellationToken ct)
        {
            await _socket.ConnectAsync(IPAddress.Loopback, port, ct);
            await _socket.SendAsync(request.Bytes, SocketFlags.None, ct);
            await Fill(ct);
            if (!_buffer.AsSpan(0, _filled).StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException($"{request.Path} answered {System.Text.Encoding.ASCII.GetString(_buffer, 0, Math.Min(_filled, 60))}");
        }

        public async Task Read(CancellationToken ct)
        {
            try
            {
                while (true)
                {
                    Take();
                    await Fill(ct);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // The run is over.
            }
        }

        private void Take()
        {
            var text = _buffer.AsSpan(0, _filled);
            var taken = 0;
            while (text[taken..].IndexOf("event: quotes\ndata: "u8) is >= 0 and var at)
            {
                var data = text[(taken + at + 20)..];
                if (data.IndexOf("\n\n"u8) is not (>= 0 and var end)) break;

                counting.Take(number, data[..end]);
                taken += at + 20 + end + 2;
            }

            // What may be the beginning of a frame stays; more than that is other events, which nobody counts.
            if (taken == 0 && _filled > _buffer.Length / 2 && text.IndexOf("event: quotes\n"u8) < 0) taken = _filled - 32;
            if (taken == 0) return;

            text[taken..].CopyTo(_buffer);
            _filled -= taken;
        }

        private async ValueTask Fill(CancellationToken ct)
        {
            if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), SocketFlags.None, ct);
            _filled += read > 0 ? read : throw new IOException("The server ended a stream.");
        }

        public void Dispose() => _socket.Dispose();
    }
}
