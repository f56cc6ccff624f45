using System.Text.Json;

namespace TradeSense.Modules.Trading.Quotes.Feeds.Live;

/// <summary>Polygon's currencies cluster: quotes of pairs with bid, ask and the venue's time in milliseconds. Needs a key.</summary>
/// <remarks>
/// Messages are lists. The venue greets with <c>{"ev":"status","status":"connected"}</c>; <c>{"action":"auth","params":KEY}</c> is answered <c>auth_success</c> or
/// <c>auth_failed</c>; <c>{"action":"subscribe","params":"C.EUR/USD,…"}</c> with <c>success</c> for each pair; quotes are <c>{"ev":"C","p":"EUR/USD","a":1.08452,"b":1.08451,"t":1536036818784}</c>.
/// One connection is allowed for a key; a further one is told <c>max_connections</c>, which is a limit to wait for. Slow readers are dropped with close code 1008.
/// </remarks>
internal sealed class Polygon(LiveOptions options) : IVenue
{
    private static readonly TimeSpan ToAnswer = TimeSpan.FromSeconds(10);

    public string Name => FeedRoute.Polygon;

    public async Task Talk(VenueTalk talk, CancellationToken ct)
    {
        using var socket = await JsonSocket.Open(options.PolygonUrl, talk, ct);
        while (await socket.Next(talk.IsOpen ? talk.Options.HeardWithin : ToAnswer, ct) is { } messages)
        {
            using (messages)
            {
                if (messages.RootElement.ValueKind != JsonValueKind.Array)
                {
                    talk.Unreadable();
                    continue;
                }

                foreach (var message in messages.RootElement.EnumerateArray()) await Take(message, socket, talk, ct);
            }
        }

        throw new VenueException(VenueFault.Lost, socket.Reason);
    }

    private async Task Take(JsonElement message, JsonSocket socket, VenueTalk talk, CancellationToken ct)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("ev", out var kind)) talk.Unreadable();
        else if (kind.ValueEquals("C")) TakeQuote(message, talk);
        else if (kind.ValueEquals("status")) await TakeStatus(message, socket, talk, ct);
        else talk.Unreadable();
    }

    private async Task TakeStatus(JsonElement message, JsonSocket socket, VenueTalk talk, CancellationToken ct)
    {
        var words = message.TryGetProperty("message", out var text) ? text.ToString() : "";
        switch (message.TryGetProperty("status", out var status) ? status.ToString() : "")
        {
            case "connected": await socket.Send(new { action = "auth", @params = options.PolygonKey }, ct); break;
            case "auth_success": await socket.Send(new { action = "subscribe", @params = string.Join(',', talk.Names.Select(name => "C." + name)) }, ct); break;
            case "auth_failed" or "not_authorized": throw new VenueException(VenueFault.Refused, $"the venue refuses the key: {words}");
            case "max_connections": throw new VenueException(VenueFault.RateLimited, "another connection uses the key");
            case "error": throw new VenueException(VenueFault.Protocol, $"the venue says: {words}");
            case "success" when !talk.IsOpen: talk.Opened(); break;
        }
    }

    private static void TakeQuote(JsonElement quote, VenueTalk talk)
    {
        if (quote.TryGetProperty("p", out var pair) && pair.ValueKind == JsonValueKind.String
            && quote.TryGetProperty("b", out var b) && b.ValueKind == JsonValueKind.Number && b.TryGetDecimal(out var bid)
            && quote.TryGetProperty("a", out var a) && a.ValueKind == JsonValueKind.Number && a.TryGetDecimal(out var ask)
            && quote.TryGetProperty("t", out var t) && t.ValueKind == JsonValueKind.Number && t.TryGetInt64(out var at) && at is > 0 and < 32_503_680_000_000)
            talk.Quote(pair.GetString()!, bid, ask, DateTimeOffset.FromUnixTimeMilliseconds(at));
        else talk.Unreadable();
    }
}
