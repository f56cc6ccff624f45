using System.Globalization;
using System.Text.Json;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Live;

/// <summary>Binance's public streams, <c>{symbol}@bookTicker</c> combined on one connection. No key.</summary>
/// <remarks>
/// A message is <c>{"stream":"btcusdt@bookTicker","data":{"u":400900217,"s":"BTCUSDT","b":"25.35","B":"31.21","a":"25.36","A":"40.66"}}</c>: no time, so it is of the
/// moment it came; <c>u</c> grows and leaps where deeper levels changed, so it gives order but shows no gaps. A connection lives 24 hours at most and is
/// replaced before that; <c>serverShutdown</c> announces an earlier end. At most 5 messages a second may be sent: this sends one.
/// </remarks>
internal sealed class Binance(LiveOptions options) : IVenue
{
    private const int SubscribeId = 1;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(23.75);
    private static readonly TimeSpan ToSubscribe = TimeSpan.FromSeconds(10);

    public string Name => FeedRoute.Binance;

    public async Task Talk(VenueTalk talk, CancellationToken ct)
    {
        var until = talk.Clock.GetUtcNow() + Lifetime;
        using var socket = await JsonSocket.Open(new Uri(options.BinanceUrl, "/stream"), talk, ct);
        await socket.Send(new { method = "SUBSCRIBE", @params = talk.Names.Select(name => $"{name.ToLowerInvariant()}@bookTicker"), id = SubscribeId }, ct);
        while (talk.Clock.GetUtcNow() < until)
        {
            using var message = await socket.Next(talk.IsOpen ? talk.Options.HeardWithin : ToSubscribe, ct) ?? throw new VenueException(VenueFault.Lost, socket.Reason);
            if (!Take(message.RootElement, talk)) break;
        }

        await socket.Close();
    }

    /// <summary>False when the venue is about to go.</summary>
    private static bool Take(JsonElement message, VenueTalk talk)
    {
        if (message.ValueKind != JsonValueKind.Object) return Unreadable(talk);
        if (message.TryGetProperty("data", out var data)) message = data;
        if (message.ValueKind != JsonValueKind.Object) return Unreadable(talk);
        if (message.TryGetProperty("e", out var kind) && kind.ValueEquals("serverShutdown")) return false;
        if (message.TryGetProperty("u", out _)) return TakeTicker(message, talk);
        if (message.TryGetProperty("result", out var result)) return result.ValueKind == JsonValueKind.Null ? Subscribed(talk) : Unreadable(talk);
        if (message.TryGetProperty("msg", out var words) || (message.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("msg", out words)))
            throw new VenueException(VenueFault.Protocol, $"the venue says: {words}");
        return Unreadable(talk);
    }

    private static bool TakeTicker(JsonElement ticker, VenueTalk talk)
    {
        if (!ticker.TryGetProperty("u", out var u) || u.ValueKind != JsonValueKind.Number || !u.TryGetInt64(out var sequence)
            || !ticker.TryGetProperty("s", out var name) || name.ValueKind != JsonValueKind.String
            || PriceOf(ticker, "b") is not { } bid || PriceOf(ticker, "a") is not { } ask) return Unreadable(talk);

        talk.Quote(name.GetString()!, bid, ask, sequence: sequence);
        return true;
    }

    private static decimal? PriceOf(JsonElement ticker, string field) =>
        ticker.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String
        && decimal.TryParse(text.GetString(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var price) ? price : null;

    private static bool Subscribed(VenueTalk talk)
    {
        talk.Opened();
        return true;
    }

    private static bool Unreadable(VenueTalk talk)
    {
        talk.Unreadable();
        return true;
    }
}
