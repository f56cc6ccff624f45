using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Feeds.Live;

namespace TradeSense.Tests.Trading.Quotes.Feeds.Live;

/// <summary>Against a local server that says what Polygon's documentation of its currencies cluster says.</summary>
public sealed class PolygonTests
{
    private static readonly FeedRoute Euro = new("EURUSD", new VenueSymbol("polygon", "EUR/USD"), null);

    [Fact]
    public async Task It_shows_its_key_subscribes_the_pairs_and_takes_their_quotes_with_the_venues_time()
    {
        var heard = new List<string?>();
        await using var server = VenueServer.Start(async (visit, _) =>
        {
            await visit.Welcome();
            await visit.Say("""[{"ev":"status","status":"connected","message":"Connected Successfully"}]""");
            heard.Add(await visit.Hear());
            await visit.Say("""[{"ev":"status","status":"auth_success","message":"authenticated"}]""");
            heard.Add(await visit.Hear());
            await visit.Say("""[{"ev":"status","status":"success","message":"subscribed to: C.EUR/USD"},{"ev":"status","status":"success","message":"subscribed to: C.USD/JPY"}]""");
            await visit.Say("""[{"ev":"C","p":"EUR/USD","x":"44","a":1.08452,"b":1.08451,"t":1767225600123},{"ev":"C","p":"USD/JPY","x":"44","a":147.0121239,"b":147.0101239,"t":1767225600124}]""");
            await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server) with { Routes = [Euro, new FeedRoute("USDJPY", new VenueSymbol("polygon", "USD/JPY"), null)] });
        var quotes = await run.Until(2);

        Assert.Equal(["""{"action":"auth","params":"sesame"}""", """{"action":"subscribe","params":"C.EUR/USD,C.USD/JPY"}"""], heard);
        Assert.Equal(("EURUSD", 1.08451m, 1.08452m), (quotes[0].Symbol, quotes[0].Bid.Value, quotes[0].Ask.Value));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, 123, TimeSpan.Zero), quotes[0].At);
        Assert.Equal((147.0101m, 147.0122m), (quotes[1].Bid.Value, quotes[1].Ask.Value));
        Assert.Equal(FeedLineState.Live, run.Line.State);
    }

    [Fact]
    public async Task A_key_that_is_refused_is_shown_and_not_tried_again_at_once()
    {
        await using var server = VenueServer.Start(async (visit, _) =>
        {
            await visit.Welcome();
            await visit.Say("""[{"ev":"status","status":"connected","message":"Connected Successfully"}]""");
            await visit.Hear();
            await visit.Say("""[{"ev":"status","status":"auth_failed","message":"authentication failed"}]""");
            await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server) with { RefusedWait = TimeSpan.FromMinutes(5) });
        await FeedRun.Until(() => run.Feed.Lines is [{ State: FeedLineState.Refused }], () => "the refusal");
        await Task.Delay(500, TestContext.Current.CancellationToken);

        Assert.Equal(1, server.Connections);
        Assert.Contains("authentication failed", run.Line.Note, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", run.Line.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, FeedLineState.Refused)]
    [InlineData(503, FeedLineState.Waiting)]
    public async Task A_refused_handshake_is_judged_by_its_status(int status, FeedLineState state)
    {
        await using var server = VenueServer.Start((visit, _) => visit.Refuse(status));

        await using var run = FeedRun.Start(Options(server) with { RefusedWait = TimeSpan.FromMinutes(5), FirstWait = TimeSpan.FromMinutes(1), LongestWait = TimeSpan.FromMinutes(1) });

        await FeedRun.Until(() => run.Feed.Lines is [{ Note: not null }], () => "an answer");
        Assert.Equal(state, run.Line.State);
        Assert.Contains($"{status}", run.Line.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_connection_with_the_same_key_waits_and_comes_in_later()
    {
        await using var server = VenueServer.Start(async (visit, number) =>
        {
            if (number > 1)
            {
                await Open(visit);
                await visit.Say("""[{"ev":"C","p":"EUR/USD","a":1.08452,"b":1.08451,"t":1767225600123}]""");
                await visit.Hear();
                return;
            }

            await visit.Welcome();
            await visit.Say("""[{"ev":"status","status":"max_connections","message":"Maximum number of connections exceeded."}]""");
            await visit.Close(1008);
        });

        await using var run = FeedRun.Start(Options(server));
        await run.Until(1);

        Assert.Equal(1, run.Line.Reconnects);
    }

    [Fact]
    public async Task Being_dropped_as_a_slow_reader_brings_a_new_connection_and_malformed_messages_are_counted()
    {
        await using var server = VenueServer.Start(async (visit, number) =>
        {
            await Open(visit);
            foreach (var text in (string[])["{}", "[1]", """[{"ev":"XA"}]""", """[{"ev":"C","p":"EUR/USD","a":"1.1","b":1.0,"t":1}]""", """[{"ev":"C","p":"EUR/USD","a":1.1,"b":1.0,"t":-5}]"""]) await visit.Say(text);
            await visit.Say("""[{"ev":"C","p":"EUR/USD","a":1.08452,"b":1.08451,"t":1767225600123}]""");
            if (number == 1) await visit.Close(1008);
            await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server));
        await run.Until(2);

        Assert.Equal(10, run.Line.Malformed);
        Assert.Contains("1008", run.Line.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_quotes_of_a_second_venue_are_marked_as_reference()
    {
        await using var server = VenueServer.Start(async (visit, _) =>
        {
            await Open(visit);
            await visit.Say("""[{"ev":"C","p":"BTC/USD","a":64001,"b":64000,"t":1767225600123}]""");
            await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server) with
        {
            Routes = [new FeedRoute("BTCUSD", new VenueSymbol("binance", "BTCUSDT"), new VenueSymbol("polygon", "BTC/USD"))],
            BinanceUrl = new Uri("ws://127.0.0.1:1"),
        });
        await run.Until(1);

        Assert.True(Assert.Single(run.Quotes).IsReference);
        Assert.Equal(["binance", "polygon"], run.Feed.Lines.Select(line => line.Name));
        Assert.Equal(0, run.Feed.Health.Quotes);
    }

    private static LiveOptions Options(VenueServer server) => FeedRun.Quick(Euro) with { PolygonUrl = server.Address, PolygonKey = "sesame" };

    private static async Task Open(VenueServer.Visit visit)
    {
        await visit.Welcome();
        await visit.Say("""[{"ev":"status","status":"connected","message":"Connected Successfully"}]""");
        await visit.Hear();
        await visit.Say("""[{"ev":"status","status":"auth_success","message":"authenticated"}]""");
        await visit.Hear();
        await visit.Say("""[{"ev":"status","status":"success","message":"subscribed to: C.EUR/USD"}]""");
    }
}
