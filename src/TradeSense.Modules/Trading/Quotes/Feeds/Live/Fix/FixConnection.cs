using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Live.Fix;

/// <summary>Messages over TCP or TLS, one after the other. Garbled ones are counted and passed over.</summary>
internal sealed class FixConnection : IDisposable
{
    private const int Largest = 1 << 20;
    private static readonly TimeSpan ToOpen = TimeSpan.FromSeconds(10);

    private readonly TcpClient _client;
    private readonly Stream _stream;
    private readonly VenueTalk _talk;
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    private FixConnection(TcpClient client, Stream stream, VenueTalk talk) => (_client, _stream, _talk) = (client, stream, talk);

    public static async Task<FixConnection> Open(FixOptions options, VenueTalk talk, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(ToOpen);
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, limit.Token);
            return new FixConnection(client, options.Tls ? await Secure(client.GetStream(), options, limit.Token) : client.GetStream(), talk);
        }
        catch (Exception error) when (error is SocketException or IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException)
        {
            client.Dispose();
            throw;
        }
    }

    public async Task Send(byte[] message, CancellationToken ct) => await _stream.WriteAsync(message, ct);

    /// <summary>The next message that can be read; null when the other side closed the connection.</summary>
    public async Task<FixMessage?> Next(CancellationToken ct)
    {
        while (true)
        {
            while (_end > _start)
            {
                var message = FixMessage.Decode(_buffer.AsSpan(_start, _end - _start), out var used);
                _start += used;
                if (message is not null)
                {
                    _talk.Heard();
                    return message;
                }

                if (used == 0) break;
                _talk.Unreadable();
            }

            if (!await Fill(ct)) return null;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private async Task<bool> Fill(CancellationToken ct)
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length && _end >= Largest) throw new VenueException(VenueFault.Protocol, "a message does not end");
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _end * 2);
        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), ct);
        _end += read;
        return read > 0;
    }

    /// <summary>The broker's certificate must be of a known authority, or of the broker's own one where the settings name it.</summary>
    private static async Task<Stream> Secure(Stream stream, FixOptions options, CancellationToken ct)
    {
        var secure = new SslStream(stream);
        var authentication = new SslClientAuthenticationOptions { TargetHost = options.Host };
        if (options.Authority is { } authority)
        {
            authentication.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            authentication.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(authority);
        }

        await secure.AuthenticateAsClientAsync(authentication, ct);
        return secure;
    }
}
