using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using TradeSense.Modules.Trading.Quotes.Feeds.Live.Fix;

namespace TradeSense.Tests.Trading.Quotes.Feeds.Live;

/// <summary>A broker's FIX session on this machine, behind TLS when it has a certificate.</summary>
internal sealed class FixBroker : ScriptedServer<FixBroker.Session>
{
    private readonly X509Certificate2? _certificate;

    private FixBroker(Func<Session, int, Task> script, X509Certificate2? certificate) : base(script) => _certificate = certificate;

    public static FixBroker Start(Func<Session, int, Task> script, X509Certificate2? certificate = null) => new(script, certificate);

    protected override async Task<Session> Open(Stream stream, CancellationToken ct)
    {
        if (_certificate is null) return new Session(stream, ct);

        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(_certificate);
        return new Session(secure, ct);
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
