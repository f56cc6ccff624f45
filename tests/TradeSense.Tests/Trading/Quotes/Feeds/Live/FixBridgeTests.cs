using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Feeds.Live;
using TradeSense.Modules.Trading.Quotes.Feeds.Live.Fix;

namespace TradeSense.Tests.Trading.Quotes.Feeds.Live;

/// <summary>Against a local broker that speaks the session layer and the market data messages of FIX 4.4.</summary>
public sealed class FixBridgeTests
{
    private static readonly FeedRoute Euro = new("EURUSD", new VenueSymbol("fix", "EUR/USD"), null);
    private static readonly FeedRoute Yen = new("USDJPY", new VenueSymbol("fix", "USD/JPY"), null);

    [Fact]
    public async Task It_logs_on_asks_for_each_symbol_and_follows_snapshots_and_increments()
    {
        List<FixMessage> heard = [];
        await using var broker = FixBroker.Start(async (session, _) =>
        {
            heard = await session.LetIn(2);
            await session.Snapshot("EUR/USD", "1.08450", "1.08455", new DateTimeOffset(2026, 3, 2, 12, 0, 0, 250, TimeSpan.Zero));
            await session.Snapshot("USD/JPY", "147.010", "147.020");
            await session.Say(new FixMessage("X").Add(268, 2).Add(279, 1).Add(269, 0).Add(55, "EUR/USD").Add(270, "1.08451").Add(279, 1).Add(269, 1).Add(55, "USD/JPY").Add(270, "147.030"));
            await session.Hear();
        });

        await using var run = FeedRun.Start(Options(broker, Euro, Yen));
        var quotes = await run.Until(4);

        Assert.Equal("A", heard[0].Type);
        Assert.Equal(("0", "30", "Y", "price-desk", "sesame"), (heard[0].Text(98), heard[0].Text(108), heard[0].Text(141), heard[0].Text(553), heard[0].Text(554)));
        Assert.All(heard[1..], request => Assert.Equal(("V", "1", "1"), (request.Type, request.Text(263), request.Text(264))));
        Assert.Equal(["EUR/USD", "USD/JPY"], heard[1..].Select(request => request.Text(55)));
        Assert.Equal([("EURUSD", 1.0845m, 1.08455m), ("USDJPY", 147.01m, 147.02m), ("EURUSD", 1.08451m, 1.08455m), ("USDJPY", 147.01m, 147.03m)], quotes.Select(quote => (quote.Symbol, quote.Bid.Value, quote.Ask.Value)));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 12, 0, 0, 250, TimeSpan.Zero), quotes[0].At);
        Assert.Equal(FeedLineState.Live, run.Line.State);
        Assert.Empty(broker.Failures);
    }

    [Fact]
    public async Task A_side_that_was_deleted_stops_the_quotes_until_it_is_back()
    {
        await using var broker = FixBroker.Start(async (session, _) =>
        {
            await session.LetIn();
            await session.Snapshot("EUR/USD", "1.08450", "1.08455");
            await session.Say(Increment(0, "2", null));
            await session.Say(Increment(1, "1", "1.08460"));
            await session.Say(Increment(0, "0", "1.08440"));
            await session.Hear();
        });

        await using var run = FeedRun.Start(Options(broker, Euro));
        var quotes = await run.Until(2);

        Assert.Equal([(1.0845m, 1.08455m), (1.0844m, 1.0846m)], quotes.Select(quote => (quote.Bid.Value, quote.Ask.Value)));
    }

    [Fact]
    public async Task A_refused_logon_is_shown_and_not_tried_again_at_once()
    {
        await using var broker = FixBroker.Start(async (session, _) =>
        {
            await session.Hear();
            await session.Say(new FixMessage("5").Add(58, "Invalid password"));
        });

        await using var run = FeedRun.Start(Options(broker, Euro) with { RefusedWait = TimeSpan.FromMinutes(5) });
        await FeedRun.Until(() => run.Feed.Lines is [{ State: FeedLineState.Refused }], () => "the refusal");

        Assert.Contains("Invalid password", run.Line.Note, StringComparison.Ordinal);
        Assert.Equal(1, broker.Connections);
    }

    [Fact]
    public async Task A_request_that_the_broker_rejects_for_every_symbol_is_a_refusal()
    {
        await using var broker = FixBroker.Start(async (session, _) =>
        {
            await session.LetIn();
            await session.Say(new FixMessage("Y").Add(262, "1").Add(281, "3").Add(58, "No permission"));
            await session.Hear();
        });

        await using var run = FeedRun.Start(Options(broker, Euro));
        await FeedRun.Until(() => run.Feed.Lines is [{ State: FeedLineState.Refused }], () => "the refusal");

        Assert.Contains("No permission", run.Line.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_request_is_answered_and_heartbeats_come_without_being_asked()
    {
        var answers = new List<FixMessage>();
        await using var broker = FixBroker.Start(async (session, _) =>
        {
            await session.LetIn();
            await session.Say(new FixMessage("1").Add(112, "hello?"));
            answers.Add(await session.Hear());
            answers.Add(await session.Hear(withHeartbeats: true));
            await session.Snapshot("EUR/USD", "1.08450", "1.08455");
            await session.Hear();
        });

        await using var run = FeedRun.Start(Options(broker, TimeSpan.FromSeconds(1), Euro));
        await run.Until(1);

        Assert.Equal(("0", "hello?"), (answers[0].Type, answers[0].Text(112)));
        Assert.Equal("0", answers[1].Type);
    }

    [Fact]
    public async Task A_silent_broker_is_asked_and_then_left_for_a_new_connection()
    {
        var asked = "";
        await using var broker = FixBroker.Start(async (session, number) =>
        {
            await session.LetIn();
            await session.Snapshot("EUR/USD", "1.08450", "1.08455");
            if (number == 1) asked = (await session.Hear()).Type;
            await Task.Delay(Timeout.Infinite, session.Stopping);
        });

        await using var run = FeedRun.Start(Options(broker, TimeSpan.FromSeconds(1), Euro));
        await run.Until(2);

        Assert.Equal("1", asked);
        Assert.Contains("no test request", run.Line.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_messages_are_asked_for_and_taken_in_order_when_they_come()
    {
        FixMessage? asked = null;
        await using var broker = FixBroker.Start(async (session, _) =>
        {
            await session.LetIn();
            await session.Snapshot("EUR/USD", "1.08450", "1.08455");
            session.Next += 2;
            await session.Say(Increment(0, "1", "1.08459"));
            asked = await session.Hear();
            await session.Say(Increment(0, "1", "1.08457"), 3, again: true);
            await session.Say(new FixMessage("4").Add(123, "Y").Add(36, 5), 4, again: true);
            await session.Say(Increment(0, "1", "1.08459"), 5, again: true);
            await session.Say(Increment(0, "1", "1.08452"));
            await session.Hear();
        });

        await using var run = FeedRun.Start(Options(broker, Euro));
        var quotes = await run.Until(4);

        Assert.Equal(("2", "3", "0"), (asked!.Type, asked.Text(7), asked.Text(16)));
        Assert.Equal([1.0845m, 1.08457m, 1.08459m, 1.08452m], quotes.Select(quote => quote.Bid.Value));
        Assert.Equal((2, 0), (run.Line.Gaps, run.Line.Reconnects));
    }

    [Fact]
    public async Task A_gap_that_nobody_fills_brings_a_new_connection_with_a_fresh_snapshot()
    {
        await using var broker = FixBroker.Start(async (session, number) =>
        {
            await session.LetIn();
            if (number == 1) session.Next += 7;
            await session.Snapshot("EUR/USD", "1.08450", "1.08455");
            while (true) await session.Say(new FixMessage("0"), at: await Later());
        });

        await using var run = FeedRun.Start(Options(broker, TimeSpan.FromSeconds(1), Euro));
        await run.Until(1);

        Assert.Equal(2, broker.Connections);
        Assert.Contains("were not sent again", run.Line.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_goes_back_ends_the_session_and_a_repeated_message_does_not()
    {
        await using var broker = FixBroker.Start(async (session, number) =>
        {
            await session.LetIn();
            await session.Snapshot("EUR/USD", "1.08450", "1.08455");
            await session.Say(FixBroker.Session.Top("EUR/USD", "1.1", "1.2"), 2, again: true);
            await session.Say(Increment(0, "1", "1.08451"));
            if (number == 1) await session.Say(Increment(0, "1", "1.08452"), 2);
            await session.Hear();
        });

        await using var run = FeedRun.Start(Options(broker, Euro));
        var quotes = await run.Until(4);

        Assert.Equal([1.0845m, 1.08451m, 1.0845m, 1.08451m], quotes.Select(quote => quote.Bid.Value));
        Assert.Equal(1, run.Line.Reconnects);
    }

    [Fact]
    public async Task A_garbled_message_is_passed_over_counted_and_then_missed()
    {
        await using var broker = FixBroker.Start(async (session, _) =>
        {
            await session.LetIn();
            var spoiled = FixBroker.Session.Top("EUR/USD", "9.9", "9.9").Encode("BROKER", "TRADESENSE", session.Next++, TimeProvider.System.GetUtcNow());
            spoiled[^10] ^= 1;
            await session.Raw(spoiled);
            await session.Raw(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"));
            await session.Snapshot("EUR/USD", "1.08450", "1.08455");
            await session.Hear();
            await session.Say(new FixMessage("4").Add(123, "Y").Add(36, 3), 2, again: true);
            await session.Say(FixBroker.Session.Top("EUR/USD", "1.08450", "1.08455"), 3, again: true);
            await session.Hear();
        });

        await using var run = FeedRun.Start(Options(broker, Euro));
        var quotes = await run.Until(1);

        Assert.Equal(1.0845m, quotes[0].Bid.Value);
        Assert.Equal((1, 0), (run.Line.Gaps, run.Line.Reconnects));
        Assert.InRange(run.Line.Malformed, 2, 3);
    }

    [Fact]
    public async Task What_the_broker_asks_again_is_filled_as_a_gap()
    {
        FixMessage? filled = null;
        await using var broker = FixBroker.Start(async (session, _) =>
        {
            await session.LetIn();
            await session.Say(new FixMessage("2").Add(7, 1).Add(16, 0));
            filled = await session.Hear();
            await session.Snapshot("EUR/USD", "1.08450", "1.08455");
            await session.Hear();
        });

        await using var run = FeedRun.Start(Options(broker, Euro));
        await run.Until(1);

        Assert.Equal(("4", "Y", "3", 1L, true), (filled!.Type, filled.Text(123), filled.Text(36), filled.Sequence, filled.IsPossibleDuplicate));
    }

    [Fact]
    public async Task Over_tls_only_a_certificate_of_the_named_authority_is_trusted()
    {
        var (certificate, file) = Certificate("localhost");
        await using var broker = FixBroker.Start(async (session, _) =>
        {
            await session.LetIn();
            await session.Snapshot("EUR/USD", "1.08450", "1.08455");
            await session.Hear();
        }, certificate);
        var options = Options(broker, Euro);

        await using (var stranger = FeedRun.Start(options with { Fix = options.Fix! with { Tls = true } }))
            await FeedRun.Until(() => stranger.Feed.Lines is [{ Note: not null }], () => "a refusal of the certificate");
        await using var run = FeedRun.Start(options with { Fix = options.Fix! with { Tls = true, Authority = file } });
        await run.Until(1);

        Assert.Equal(FeedLineState.Live, run.Line.State);
        File.Delete(file);
    }

    [Fact]
    public async Task Stopping_logs_out()
    {
        var last = new TaskCompletionSource<string>();
        await using var broker = FixBroker.Start(async (session, _) =>
        {
            await session.LetIn();
            await session.Snapshot("EUR/USD", "1.08450", "1.08455");
            last.SetResult((await session.Hear()).Type);
        });
        var run = FeedRun.Start(Options(broker, Euro));
        await run.Until(1);

        await run.DisposeAsync();

        Assert.Equal("5", await last.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_message_reads_back_as_it_was_written_and_in_any_pieces()
    {
        var bytes = FixBroker.Session.Top("EUR/USD", "1.08450", "1.08455").Encode("A", "B", 17, new DateTimeOffset(2026, 3, 2, 12, 0, 0, 5, TimeSpan.Zero));

        Assert.StartsWith("8=FIX.4.4\u00019=", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        for (var i = 0; i < bytes.Length; i++) Assert.Null(FixMessage.Decode(bytes.AsSpan(0, i), out _));
        var read = FixMessage.Decode(bytes, out var used)!;
        Assert.Equal((bytes.Length, "W", 17L, 5), (used, read.Type, read.Sequence, read.SentAt!.Value.Millisecond));
        Assert.Equal(["0", "1"], read.Fields.Where(field => field.Tag == 269).Select(field => field.Value));
    }

    /// <summary>The example of the standard's own text: the checksum of a heartbeat.</summary>
    [Fact]
    public void Length_and_checksum_are_counted_as_the_standard_counts_them()
    {
        var text = Encoding.Latin1.GetString(new FixMessage("0").Encode("A", "B", 1, new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)));
        var (body, trailer) = (text[(text.IndexOf("35=", StringComparison.Ordinal))..text.IndexOf("10=", StringComparison.Ordinal)], text[text.IndexOf("10=", StringComparison.Ordinal)..]);

        Assert.Contains($"\u00019={body.Length}\u0001", text, StringComparison.Ordinal);
        Assert.Equal($"10={text[..^trailer.Length].Sum(letter => letter) % 256:000}\u0001", trailer);
    }

    private static FixMessage Increment(int side, string action, string? price)
    {
        var message = new FixMessage("X").Add(262, "1").Add(268, 1).Add(279, action).Add(269, side).Add(55, "EUR/USD");
        return price is null ? message : message.Add(270, price);
    }

    private static async Task<DateTimeOffset> Later()
    {
        await Task.Delay(100, TestContext.Current.CancellationToken);
        return TimeProvider.System.GetUtcNow();
    }

    private static LiveOptions Options(FixBroker broker, params FeedRoute[] routes) => Options(broker, TimeSpan.FromSeconds(30), routes);

    private static LiveOptions Options(FixBroker broker, TimeSpan heartbeat, params FeedRoute[] routes) =>
        FeedRun.Quick(routes) with { Fix = new FixOptions("localhost", broker.Port, "TRADESENSE", "BROKER", "price-desk", "sesame", Tls: false) { Heartbeat = heartbeat } };

    /// <summary>Its own authority, as brokers have them; the file holds its public half.</summary>
    private static (X509Certificate2 Certificate, string File) Certificate(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7()}.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return (X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null), file);
    }
}
