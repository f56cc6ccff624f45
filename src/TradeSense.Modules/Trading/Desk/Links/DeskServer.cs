using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Desk.Links;

/// <summary>Takes what other processes ask of the shards that run here.</summary>
internal sealed class DeskServer(ShardFleet fleet, QuoteFan quotes, DeskAddress address, TradingOptions options, MasterKey master, ILogger<DeskServer> log) : IDisposable
{
    private readonly byte[] _key = master.Derive(DeskLinks.KeyUse);
    private Socket? _listener;

    /// <summary>From here on the address can stand in a lease.</summary>
    public void Listen()
    {
        var place = IPEndPoint.Parse(options.Listen);
        _listener = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(place);
        _listener.Listen();
        address.Value = options.Address ?? _listener.LocalEndPoint!.ToString()!;
    }

    public async Task Run(CancellationToken stop)
    {
        using var listener = _listener ?? throw new InvalidOperationException("Listen first.");
        try
        {
            while (true) _ = Task.Run(Serving(await listener.AcceptAsync(stop), stop), CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The host stops; the lines end with their tasks.
        }
    }

    public void Dispose() => _listener?.Dispose();

    private Func<Task> Serving(Socket socket, CancellationToken stop) => async () =>
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            await using var line = await SealedLine.Open(socket, _key, isCaller: false, stop);
            while (await line.Receive(stop) is { } text)
            {
                var message = LinkText.Read(text);
                _ = message.Kind == LinkMessage.FollowQuotes ? SendQuotes(line, message, end.Token) : Answer(line, message, end.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or CryptographicException or JsonException)
        {
            if (error is CryptographicException or JsonException) log.LogWarning("A connection that does not hold the installation's key, or speaks another version, was closed");
            socket.Dispose();
        }

        await end.CancelAsync();
    };

    private async Task Answer(SealedLine line, LinkMessage message, CancellationToken ct)
    {
        LinkMessage reply;
        try
        {
            var question = LinkText.Question(message);
            // Whoever asks may still know another spread: then the account's shard is not the one asked.
            var isOurs = question.About is not { } account || fleet.ShardOf(account) == message.Shard;
            reply = isOurs && fleet.Local(message.Shard) is { IsServing: true } shard
                ? new LinkMessage(message.Id, LinkMessage.Answer, message.Shard, LinkText.Body(question, await question.Answer(shard, ct)))
                : new LinkMessage(message.Id, LinkMessage.Away, message.Shard);
        }
        catch (OperationCanceledException)
        {
            reply = new LinkMessage(message.Id, LinkMessage.Stopped, message.Shard);
        }
        catch (ShardAwayException)
        {
            reply = new LinkMessage(message.Id, LinkMessage.Away, message.Shard);
        }
        catch (Exception error) when (error is NpgsqlException or JsonException)
        {
            reply = new LinkMessage(message.Id, LinkMessage.Failed, message.Shard, JsonSerializer.SerializeToElement(error.Message));
        }

        line.TrySend(LinkText.Write(reply));
    }

    private async Task SendQuotes(SealedLine line, LinkMessage message, CancellationToken ct)
    {
        try
        {
            if (fleet.Local(0) is { IsServing: true })
                await foreach (var quote in quotes.Follow(ct))
                    if (!line.TrySend(LinkText.Write(new LinkMessage(message.Id, LinkMessage.Answer, 0, JsonSerializer.SerializeToElement(quote, LinkText.Options))))) break;
            line.TrySend(LinkText.Write(new LinkMessage(message.Id, LinkMessage.Stopped)));
        }
        catch (OperationCanceledException)
        {
            // The line has ended, or the host stops.
        }
    }
}
