using System.Security.Cryptography;
using System.Text;

namespace TradeSense.Tests.Trading.Quotes.Feeds.Live;

/// <summary>A venue on this machine: web sockets by hand, frame by frame, so that a test can also say what no proper server would.</summary>
internal sealed class VenueServer : ScriptedServer<VenueServer.Visit>
{
    private VenueServer(Func<Visit, int, Task> script) : base(script) { }

    public Uri Address => new($"ws://127.0.0.1:{Port}");

    public static VenueServer Start(Func<Visit, int, Task> script) => new(script);

    protected override Task<Visit> Open(Stream stream, CancellationToken ct) => Task.FromResult(new Visit(stream, ct));

    /// <summary>One connection as the server sees it.</summary>
    internal sealed class Visit(Stream stream, CancellationToken ct)
    {
        private const byte Text = 0x1, CloseFrame = 0x8, PingFrame = 0x9, PongFrame = 0xA;

        public CancellationToken Stopping => ct;

        /// <summary>Request line and headers of the handshake.</summary>
        public async Task<string> Request()
        {
            var request = new StringBuilder();
            var one = new byte[1];
            while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                if (await stream.ReadAsync(one, ct) == 0) throw new IOException("The client went away.");
                request.Append((char)one[0]);
            }

            return request.ToString();
        }

        public async Task<string> Welcome()
        {
            var request = await Request();
            var key = request.Split("\r\n").First(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':')[1].Trim();
            var accept = Convert.ToBase64String(CryptographicOperations.HashData(HashAlgorithmName.SHA1, Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
            await Raw(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
            return request.Split("\r\n")[0];
        }

        public async Task Refuse(int status, string headers = "")
        {
            await Request();
            await Raw(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} No\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n"));
        }

        public Task Say(string json) => Frame(Text, Encoding.UTF8.GetBytes(json));
        public Task Ping(string payload) => Frame(PingFrame, Encoding.UTF8.GetBytes(payload));
        public Task Close(ushort code) => Frame(CloseFrame, [(byte)(code >> 8), (byte)code]);
        public async Task Raw(byte[] bytes) => await stream.WriteAsync(bytes, ct);

        /// <summary>The next text; pings are answered on the way. Null when the client says goodbye.</summary>
        public Task<string?> Hear() => Hear(Text);

        public Task<string?> HearPong() => Hear(PongFrame);

        private async Task<string?> Hear(byte wanted)
        {
            while (true)
            {
                var head = await Exactly(2);
                var length = head[1] & 0x7F;
                if (length == 126) length = (await Exactly(2)) is [var high, var low] ? (high << 8) | low : 0;
                var mask = await Exactly(4);
                var payload = await Exactly(length);
                for (var i = 0; i < payload.Length; i++) payload[i] ^= mask[i % 4];

                var kind = (byte)(head[0] & 0x0F);
                if (kind == wanted) return Encoding.UTF8.GetString(payload);
                if (kind == CloseFrame) return null;
                if (kind == PingFrame) await Frame(PongFrame, payload);
            }
        }

        private Task Frame(byte kind, byte[] payload) =>
            Raw([(byte)(0x80 | kind), .. payload.Length < 126 ? [(byte)payload.Length] : (byte[])[126, (byte)(payload.Length >> 8), (byte)payload.Length], .. payload]);

        private async Task<byte[]> Exactly(int length)
        {
            var bytes = new byte[length];
            await stream.ReadExactlyAsync(bytes, ct);
            return bytes;
        }
    }
}
