using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using TradeSense.Modules.Trading.Quotes.Feeds.Live.Fix;

namespace TradeSense.Tests.Trading.Quotes.Feeds.Live;

/// <summary>A broker's FIX session on this machine. Each connection follows the script with its number, from 1.</summary>
internal sealed class FixBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2? _certificate;
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Task _accepting;
    private int _connections;

    private FixBroker(Func<Session, int, Task> script, X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = Accept(script);
    }

    public int Connections => Volatile.Read(ref _connections);
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public ConcurrentQueue<Exception> Failures { get; } = [];

    public static FixBroker Start(Func<Session, int, Task> script, X509Certificate2? certificate = null) => new(script, certificate);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_talks);
        _stop.Dispose();
    }

    private async Task Accept(Func<Session, int, Task> script)
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var number = Interlocked.Increment(ref _connections);
            _talks.Add(Task.Run(() => Talk(client, script, number)));
        }
    }

    private async Task Talk(TcpClient client, Func<Session, int, Task> script, int number)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(_certificate);
                    stream = secure;
                }

                await script(new Session(stream, _stop.Token), number);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away or would not trust us, or the test is over.
            }
            catch (Exception error)
            {
                Failures.Enqueue(error);
            }
        }
    }

    /// <summary>One connection as the broker sees it. Heartbeats of the client are passed over unless they answer something.</summary>
    internal sealed class Session(Stream stream, CancellationToken ct)
    {
        private readonly List<byte> _received = [];

        /// <summary>The number of the next message said.</summary>
        public long Next { get; set; } = 1;

        public CancellationToken Stopping => ct;

        public async Task<FixMessage> Hear(bool withHeartbeats = false)
        {
            var buffer = new byte[4096];
            while (true)
            {
                var message = FixMessage.Decode(_received.ToArray(), out var used);
                _received.RemoveRange(0, used);
                if (message is { Type: "0" } && !withHeartbeats && message.Text(112) is null) continue;
                if (message is not null) return message;

                var read = await stream.ReadAsync(buffer, ct);
                if (read == 0) throw new IOException("The client went away.");
                _received.AddRange(buffer.AsSpan(0, read));
            }
        }

        public Task Say(FixMessage message, long? sequence = null, bool again = false, DateTimeOffset? at = null) =>
            Raw(message.Encode("BROKER", "TRADESENSE", sequence ?? Next++, at ?? TimeProvider.System.GetUtcNow(), again));

        public async Task Raw(byte[] bytes) => await stream.WriteAsync(bytes, ct);

        /// <summary>Logon and its answer, then every request that follows.</summary>
        public async Task<List<FixMessage>> LetIn(int requests = 1)
        {
            var heard = new List<FixMessage> { await Hear() };
            await Say(new FixMessage("A").Add(98, "0").Add(108, heard[0].Text(108)!).Add(141, "Y"));
            for (var i = 0; i < requests; i++) heard.Add(await Hear());
            return heard;
        }

        public Task Snapshot(string symbol, string bid, string ask, DateTimeOffset? at = null) => Say(Top(symbol, bid, ask), at: at);

        public static FixMessage Top(string symbol, string bid, string ask) =>
            new FixMessage("W").Add(262, "1").Add(55, symbol).Add(268, "2").Add(269, "0").Add(270, bid).Add(271, "1000000").Add(269, "1").Add(270, ask).Add(271, "1000000");
    }
}
