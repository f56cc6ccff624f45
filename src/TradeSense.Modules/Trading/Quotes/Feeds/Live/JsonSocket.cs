using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Live;

/// <summary>A web socket that speaks JSON in text messages: opens with a limit, reads whole messages up to a size, notices silence. Pings are answered by the framework, with their payload.</summary>
internal sealed class JsonSocket : IDisposable
{
    private const int Largest = 256 * 1024;
    private static readonly TimeSpan ToOpen = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ToClose = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket _socket = new();
    private readonly VenueTalk _talk;
    private byte[] _buffer = new byte[16 * 1024];

    private JsonSocket(VenueTalk talk)
    {
        _talk = talk;
        _socket.Options.CollectHttpResponseDetails = true;
        // Our own pings, answered by the venue, tell a quiet market from a dead connection.
        _socket.Options.KeepAliveInterval = talk.Options.HeardWithin / 3;
        _socket.Options.KeepAliveTimeout = talk.Options.HeardWithin;
    }

    public static async Task<JsonSocket> Open(Uri address, VenueTalk talk, CancellationToken ct)
    {
        var socket = new JsonSocket(talk);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(ToOpen);
        try
        {
            await socket._socket.ConnectAsync(address, limit.Token);
            return socket;
        }
        catch (WebSocketException error)
        {
            var refusal = socket.Refusal(error);
            socket.Dispose();
            throw refusal;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task Send(object message, CancellationToken ct) =>
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, ct);

    /// <summary>The next message that is JSON; what is not is counted and passed over. Null when the venue closed the connection.</summary>
    public async Task<JsonDocument?> Next(TimeSpan within, CancellationToken ct)
    {
        while (true)
        {
            var length = await Receive(within, ct);
            if (length < 0) return null;

            _talk.Heard();
            try
            {
                return JsonDocument.Parse(_buffer.AsMemory(0, length));
            }
            catch (JsonException)
            {
                _talk.Unreadable();
            }
        }
    }

    /// <summary>Says goodbye where that is still possible.</summary>
    public async Task Close()
    {
        if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;

        using var limit = new CancellationTokenSource(ToClose);
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException)
        {
            // The other side was quicker; either way it is closed.
        }
    }

    public string Reason => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"closed by the venue: {(int?)_socket.CloseStatus} {_socket.CloseStatusDescription}").TrimEnd();

    public void Dispose() => _socket.Dispose();

    private async Task<int> Receive(TimeSpan within, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(within);
        for (var length = 0; ;)
        {
            if (length == _buffer.Length && length >= Largest) throw new VenueException(VenueFault.Protocol, "a message does not end");
            if (length == _buffer.Length) Array.Resize(ref _buffer, length * 2);
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), limit.Token);
            if (part.MessageType == WebSocketMessageType.Close) return -1;

            length += part.Count;
            if (part.EndOfMessage) return length;
        }
    }

    private VenueException Refusal(WebSocketException error)
    {
        var status = (int)_socket.HttpStatusCode;
        TimeSpan? told = _socket.HttpResponseHeaders?.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault() is { } text
            && int.TryParse(text, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
        return status switch
        {
            // 418 is how a venue answers addresses that went on after 429.
            429 or 418 => new VenueException(VenueFault.RateLimited, $"the venue answered {status}", told, error),
            (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden => new VenueException(VenueFault.Refused, $"the venue answered {status}", cause: error),
            0 => new VenueException(VenueFault.Lost, error.InnerException?.Message ?? error.Message, cause: error),
            _ => new VenueException(VenueFault.Lost, $"the venue answered {status}", told, error),
        };
    }
}
