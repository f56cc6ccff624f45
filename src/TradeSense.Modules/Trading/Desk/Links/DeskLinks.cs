using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Desk.Links;

/// <summary>This process's lines to the owners of other shards: one to each, shared by all who ask, opened when first needed and again after it was lost.</summary>
internal sealed class DeskLinks(MasterKey master) : IAsyncDisposable
{
    /// <summary>What the key of the lines is derived for: nobody without the installation's master key can speak on one.</summary>
    public const string KeyUse = "desk-links";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly byte[] _key = master.Derive(KeyUse);
    private readonly ConcurrentDictionary<string, Lazy<Task<DeskLink>>> _links = new(StringComparer.Ordinal);

    /// <exception cref="LinkLostException">The owner could not be reached, was lost before it answered, or does not serve the shard.</exception>
    public async Task<T> Ask<T>(string address, int shard, DeskQuestion<T> question, TimeSpan within, CancellationToken ct)
    {
        var link = await LinkTo(address, ct);
        using var asked = link.Start(question.GetType().Name, shard, LinkText.Body(question));
        var answer = await asked.First(within, ct);
        return answer.Kind switch
        {
            LinkMessage.Answer when answer.Body is { ValueKind: not JsonValueKind.Null } body => body.Deserialize<T>(LinkText.Options)!,
            LinkMessage.Answer => default!,
            LinkMessage.Away => throw new LinkLostException($"{address} does not serve shard {shard}.", neverArrived: true),
            LinkMessage.Stopped => throw new LinkLostException($"{address} stopped serving shard {shard}.", neverArrived: false),
            _ => throw new InvalidOperationException($"Shard {shard} failed the question: {answer.Body}"),
        };
    }

    /// <summary>Every quote the owner of the feed accepts from now on; ends with the line.</summary>
    public async IAsyncEnumerable<Quote> Quotes(string address, [EnumeratorCancellation] CancellationToken ct)
    {
        var link = await LinkTo(address, ct);
        using var asked = link.Start(LinkMessage.FollowQuotes, 0, null);
        await foreach (var message in asked.Replies.ReadAllAsync(ct))
        {
            if (message.Kind != LinkMessage.Answer) throw new LinkLostException($"{address} does not read the feed.", neverArrived: true);
            yield return message.Body!.Value.Deserialize<Quote>(LinkText.Options);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links.Values.Where(link => link.IsValueCreated && link.Value.IsCompletedSuccessfully)) await (await link.Value).DisposeAsync();
    }

    private async Task<DeskLink> LinkTo(string address, CancellationToken ct)
    {
        var lazy = _links.GetOrAdd(address, _ => new Lazy<Task<DeskLink>>(() => Connect(address)));
        try
        {
            var link = await lazy.Value.WaitAsync(ct);
            if (!link.IsLost) return link;
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            _links.TryRemove(KeyValuePair.Create(address, lazy));
            throw new LinkLostException($"{address} cannot be reached.", neverArrived: true, error);
        }

        _links.TryRemove(KeyValuePair.Create(address, lazy));
        return await LinkTo(address, ct);
    }

    private async Task<DeskLink> Connect(string address)
    {
        using var patience = new CancellationTokenSource(Patience);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            var (host, port) = (address[..address.LastIndexOf(':')], address[(address.LastIndexOf(':') + 1)..]);
            await socket.ConnectAsync(new DnsEndPoint(host, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)), patience.Token);
            return new DeskLink(await SealedLine.Open(socket, _key, isCaller: true, patience.Token));
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>One line, and who waits for what on it.</summary>
internal sealed class DeskLink : IAsyncDisposable
{
    private readonly SealedLine _line;
    private readonly ConcurrentDictionary<long, Channel<LinkMessage>> _waiting = [];
    private readonly Task _reading;
    private long _lastId;

    public DeskLink(SealedLine line)
    {
        _line = line;
        _reading = Task.Run(Read);
    }

    public bool IsLost { get; private set; }

    public Asked Start(string kind, int shard, JsonElement? body)
    {
        var id = Interlocked.Increment(ref _lastId);
        var replies = Channel.CreateUnbounded<LinkMessage>();
        _waiting[id] = replies;
        // Lost between the look at the line and now: nobody else would end this wait.
        if (IsLost || !_line.TrySend(LinkText.Write(new LinkMessage(id, kind, shard, body))))
        {
            _waiting.TryRemove(id, out _);
            throw new LinkLostException("The line is closed or full.", neverArrived: true);
        }

        return new Asked(this, id, replies.Reader);
    }

    public async ValueTask DisposeAsync()
    {
        await _line.DisposeAsync();
        await _reading;
    }

    private async Task Read()
    {
        Exception? why = null;
        try
        {
            while (await _line.Receive(CancellationToken.None) is { } text)
            {
                var message = LinkText.Read(text);
                if (_waiting.TryGetValue(message.Id, out var replies)) replies.Writer.TryWrite(message);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or CryptographicException or JsonException)
        {
            why = error;
        }

        IsLost = true;
        foreach (var replies in _waiting.Values) replies.Writer.TryComplete(new LinkLostException("The owner's process is gone.", neverArrived: false, why));
    }

    internal readonly struct Asked(DeskLink link, long id, ChannelReader<LinkMessage> replies) : IDisposable
    {
        public ChannelReader<LinkMessage> Replies => replies;

        public async Task<LinkMessage> First(TimeSpan within, CancellationToken ct)
        {
            // Unlike reading at once, waiting throws what ended the line as it is.
            await replies.WaitToReadAsync(ct).AsTask().WaitAsync(within, ct);
            return replies.TryRead(out var first) ? first : throw new LinkLostException("The line was closed.", neverArrived: false);
        }

        public void Dispose() => link._waiting.TryRemove(id, out _);
    }
}
