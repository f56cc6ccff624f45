using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Feeds.Live;
using TradeSense.Modules.Trading.Quotes.Filter;

namespace TradeSense.Tests.Trading.Quotes.Feeds.Live;

/// <summary>Against a local server that says what Binance's documentation of its web socket streams says.</summary>
public sealed class BinanceTests
{
    private static readonly FeedRoute Bitcoin = new("BTCUSD", new VenueSymbol("binance", "BTCUSDT"), null);
    private static readonly FeedRoute Ether = new("ETHUSD", new VenueSymbol("binance", "ETHUSDT"), null);

    [Fact]
    public async Task It_subscribes_all_symbols_at_once_and_tells_their_quotes_under_our_names()
    {
        var heard = new List<string?>();
        await using var server = VenueServer.Start(async (visit, _) =>
        {
            heard.Add(await visit.Welcome());
            heard.Add(await visit.Hear());
            await visit.Say("""{"result":null,"id":1}""");
            await visit.Say(Ticker(7, "64000.10000000", "64000.20000000"));
            await visit.Say(Ticker(3, "3200.10", "3200.11", "ETHUSDT"));
            await visit.Hear();
        });
        var before = TimeProvider.System.GetUtcNow().AddMilliseconds(-1);

        await using var run = FeedRun.Start(Options(server) with { Routes = [Bitcoin, Ether] });
        var quotes = await run.Until(2);

        Assert.Equal("GET /stream HTTP/1.1", heard[0]);
        Assert.Equal("""{"method":"SUBSCRIBE","params":["btcusdt@bookTicker","ethusdt@bookTicker"],"id":1}""", heard[1]);
        Assert.Equal(("BTCUSD", "64000.1", "64000.2"), (quotes[0].Symbol, quotes[0].Bid.ToString(), quotes[0].Ask.ToString()));
        Assert.Equal("ETHUSD", quotes[1].Symbol);
        Assert.InRange(quotes[0].At, before, TimeProvider.System.GetUtcNow());
        Assert.Equal([7L, 3L], run.Quotes.Select(offered => offered.Sequence));
        Assert.Equal(FeedLineState.Live, run.Line.State);
        Assert.Empty(server.Failures);
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_payload()
    {
        var pong = new TaskCompletionSource<string?>();
        await using var server = VenueServer.Start(async (visit, _) =>
        {
            await Open(visit);
            await visit.Ping("1672515782136");
            pong.SetResult(await visit.HearPong());
            await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server));

        Assert.Equal("1672515782136", await pong.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_broken_connection_is_opened_again_and_quotes_go_on()
    {
        await using var server = VenueServer.Start(async (visit, number) =>
        {
            await Open(visit);
            await visit.Say(Ticker(number, $"6400{number}.1", $"6400{number}.2"));
            if (number == 3) await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server));
        var quotes = await run.Until(3);

        Assert.Equal([64001.1m, 64002.1m, 64003.1m], quotes.Select(quote => quote.Bid.Value));
        Assert.Equal(2, run.Line.Reconnects);
    }

    [Fact]
    public async Task An_announced_shutdown_and_the_24th_hour_bring_a_new_connection()
    {
        var clock = new ShiftedClock();
        await using var server = VenueServer.Start(async (visit, number) =>
        {
            await Open(visit);
            await visit.Say(Ticker(number, "64000.1", "64000.2"));
            if (number == 1) await visit.Say("""{"e":"serverShutdown","E":1770123456789}""");
            if (number == 2) clock.Shift = TimeSpan.FromHours(23.8);
            if (number == 2) await visit.Say(Ticker(20, "64000.1", "64000.2"));
            await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server), clock);
        await FeedRun.Until(() => server.Connections == 3, () => "the third connection");

        Assert.Equal("ended as planned", run.Line.Note);
    }

    [Fact]
    public async Task What_cannot_be_read_is_counted_and_the_rest_goes_on()
    {
        string[] nonsense =
        [
            "not json", "[]", "17", """{"stream":"btcusdt@bookTicker","data":null}""", """{"hello":1}""", """{"u":1,"s":"BTCUSDT","b":"x","a":"1"}""", """{"u":"1","s":"BTCUSDT","b":"1","a":"1"}""",
            """{"u":1,"s":"DOGEUSDT","b":"1","a":"1"}""", """{"u":1,"s":"BTCUSDT","b":1e400,"a":"1"}""",
        ];
        await using var server = VenueServer.Start(async (visit, _) =>
        {
            await Open(visit);
            foreach (var text in nonsense) await visit.Say(text);
            await visit.Say(Ticker(1, "64000.1", "64000.2"));
            await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server));
        await run.Until(1);

        Assert.Equal(nonsense.Length, run.Line.Malformed);
        Assert.Equal(0, run.Line.Reconnects);
    }

    [Fact]
    public async Task A_frame_against_the_protocol_ends_the_connection_and_a_new_one_follows()
    {
        await using var server = VenueServer.Start(async (visit, number) =>
        {
            await Open(visit);
            if (number == 1) await visit.Raw([0xF3, 0x7F, 1, 2, 3]);
            await visit.Say(Ticker(number, "64000.1", "64000.2"));
            await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server));
        await run.Until(1);

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task An_error_instead_of_a_subscription_is_shown_as_the_reason()
    {
        await using var server = VenueServer.Start(async (visit, _) =>
        {
            await visit.Welcome();
            await visit.Hear();
            await visit.Say("""{"code":2,"msg":"Invalid request: unknown variant"}""");
            await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server));
        await FeedRun.Until(() => server.Connections > 1, () => "a second try");

        Assert.Contains("Invalid request", run.Line.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_as_long_as_the_venue_says()
    {
        var (started, second) = (System.Diagnostics.Stopwatch.StartNew(), TimeSpan.Zero);
        await using var server = VenueServer.Start(async (visit, number) =>
        {
            if (number == 1)
            {
                await visit.Refuse(429, "Retry-After: 1\r\n");
                return;
            }

            second = started.Elapsed;
            await Open(visit);
            await visit.Say(Ticker(1, "64000.1", "64000.2"));
            await visit.Hear();
        });

        await using var run = FeedRun.Start(Options(server));
        await run.Until(1);

        Assert.True(second >= TimeSpan.FromSeconds(1), $"The second try came after {second}.");
    }

    [Fact]
    public async Task A_server_that_falls_silent_without_closing_is_left_for_a_new_connection()
    {
        await using var server = VenueServer.Start(async (visit, number) =>
        {
            await Open(visit);
            await visit.Say(Ticker(number, "64000.1", "64000.2"));
            await Task.Delay(Timeout.Infinite, visit.Stopping);
        });

        await using var run = FeedRun.Start(Options(server) with { HeardWithin = TimeSpan.FromMilliseconds(400) });
        await run.Until(2);

        Assert.True(run.Line.Reconnects >= 1);
    }

    [Fact]
    public async Task A_slow_reader_gets_the_newest_quotes_and_the_oldest_are_left_out()
    {
        await using var server = VenueServer.Start(async (visit, _) =>
        {
            await Open(visit);
            for (var i = 1; i <= 200; i++) await visit.Say(Ticker(i, $"64{i:000}.1", $"64{i:000}.2"));
            await visit.Hear();
        });
        var gate = new TaskCompletionSource();

        await using var run = FeedRun.Start(Options(server) with { Backlog = 10 }, beforeEach: () => gate.Task);
        await FeedRun.Until(() => run.Feed.Lines is [{ Skipped: >= 189 }], () => "skipped quotes");
        gate.SetResult();
        await run.Until(10);

        Assert.Equal(200, run.Quotes.Max(offered => offered.Sequence));
    }

    [Fact]
    public async Task Stopping_says_goodbye_and_leaves_nothing_running()
    {
        var goodbye = new TaskCompletionSource<string?>();
        await using var server = VenueServer.Start(async (visit, _) =>
        {
            await Open(visit);
            await visit.Say(Ticker(1, "64000.1", "64000.2"));
            try
            {
                goodbye.TrySetResult(await visit.Hear());
            }
            catch (IOException)
            {
                goodbye.TrySetResult(null);
            }
        });
        var run = FeedRun.Start(Options(server));
        await run.Until(1);

        await run.DisposeAsync();

        Assert.Null(await goodbye.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Repeated_and_older_update_numbers_are_refused_by_the_filter_also_over_a_reconnect()
    {
        await using var server = VenueServer.Start(async (visit, number) =>
        {
            await Open(visit);
            foreach (var sequence in number == 1 ? (int[])[5, 5, 4, 6] : [6, 7]) await visit.Say(Ticker(sequence, "64000.1", "64000.2"));
            if (number == 2) await visit.Hear();
        });
        var (filter, accepted) = (new QuoteFilter(["BTCUSD"], new QuotesOptions()), new List<Engine.Values.Quote>());

        await using var run = FeedRun.Start(Options(server));
        await run.Until(6);
        foreach (var offered in run.Quotes) filter.Offer(offered, TimeProvider.System.GetUtcNow(), accepted);

        Assert.Equal(3, accepted.Count);
        Assert.Equal((2, 1), (filter.Rejected[QuoteRejection.Duplicate], filter.Rejected[QuoteRejection.OutOfOrder]));
    }

    private static LiveOptions Options(VenueServer server) => FeedRun.Quick(Bitcoin) with { BinanceUrl = server.Address };

    private static async Task Open(VenueServer.Visit visit)
    {
        await visit.Welcome();
        await visit.Hear();
        await visit.Say("""{"result":null,"id":1}""");
    }

    private static string Ticker(long u, string bid, string ask, string name = "BTCUSDT") =>
        $$$"""{"stream":"{{{name.ToLowerInvariant()}}}@bookTicker","data":{"u":{{{u}}},"s":"{{{name}}}","b":"{{{bid}}}","B":"31.21000000","a":"{{{ask}}}","A":"40.66000000"}}""";

    /// <summary>The real clock, set forward.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
