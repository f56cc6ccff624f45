using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Risk.Incidents;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;
using TradeSense.Modules.Trading.Quotes.Filter;
using TradeSense.Modules.Trading.Quotes.Standing;
using TradeSense.Tests.Fixture;
using TradeSense.Web.Hosting;

namespace TradeSense.Tests.Risk.Incidents;

/// <summary>The guard's own incidents, with a clock and a feed that do what the test says.</summary>
public sealed class GuardIncidentsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Wednesday = new(2026, 3, 11, 14, 0, 30, TimeSpan.Zero);

    private readonly FakeClock _clock = new(Wednesday);
    private readonly CancellationTokenSource _stop = new();
    private TestDatabase _database = null!;
    private NpgsqlDataSource _engine = null!;
    private NpgsqlDataSource _app = null!;
    private TestFeed _feed = null!;
    private LatestQuotes _latest = null!;
    private FeedStanding _standing = null!;
    private GuardIncidents _guard = null!;
    private Task _running = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        (_engine, _app) = (NpgsqlDataSource.Create(_database.Options.Engine), NpgsqlDataSource.Create(_database.Options.App));
        var options = new QuotesOptions { HistoryDays = 0, Silences = new Dictionary<string, TimeSpan> { ["BTCUSD"] = TimeSpan.FromSeconds(60) } };
        var memory = new QuoteMemory(_latest = new LatestQuotes(), new LiveBars(), new SimulatedMarket(1));
        _feed = new TestFeed(_clock);
        var pipeline = new QuotePipeline(_feed, new QuoteFilter(InstrumentCatalog.All.Select(instrument => instrument.Symbol), options), memory, new QuoteArchive(_engine), options, TimeProvider.System);
        _standing = new FeedStanding(_feed, pipeline, memory.Latest, options);
        _guard = new GuardIncidents(_app, _standing, _clock);
        _running = Task.Run(() => pipeline.Run((_, _) => ValueTask.CompletedTask, _stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_running);
        await _engine.DisposeAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_silent_symbol_of_an_open_market_opens_one_incident_and_its_next_price_ends_it()
    {
        var notices = new FeedNotices(_app, _clock);
        await Quote("BTCUSD", 60_000m);
        await Quote("EURUSD", 1.1m);
        await Look(after: TimeSpan.FromSeconds(59));
        Assert.Empty(await Incidents());
        Assert.Null(await notices.Now(TestContext.Current.CancellationToken));

        await Look(after: TimeSpan.FromSeconds(2));
        await Look(after: TimeSpan.FromSeconds(2));

        Assert.True(_standing.Symbols().Single(symbol => symbol.Symbol == "BTCUSD").IsOut);
        var open = Assert.Single(await Incidents());
        Assert.Equal(("Outage", "BTCUSD", Wednesday, null), (open.Kind, open.Symbols.Single(), open.From, open.To));
        Assert.Equal(["BTCUSD"], (await notices.Now(TestContext.Current.CancellationToken))!.Symbols);

        await Quote("BTCUSD", 60_010m);
        await Look(after: TimeSpan.FromSeconds(3));

        Assert.Equal(_clock.GetUtcNow(), Assert.Single(await Incidents()).To);
        Assert.Null(await notices.Now(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Readiness_names_the_feed_once_no_open_market_has_prices()
    {
        await Quote("BTCUSD", 60_000m);
        await Quote("EURUSD", 1.1m);
        await Look(after: TimeSpan.FromSeconds(61));
        Assert.Equal(HealthStatus.Healthy, (await Readiness()).Status);

        await Look(after: TimeSpan.FromMinutes(7));

        Assert.Equal((HealthStatus.Degraded, "no open market has prices"), ((await Readiness()).Status, (await Readiness()).Description));
    }

    [Fact]
    public async Task A_closed_market_is_no_outage_and_neither_is_the_minute_after_its_opening()
    {
        await Quote("EURUSD", 1.1m);
        _clock.MoveTo(new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero));
        await Look(TimeSpan.Zero);
        // Sunday 17:00 New York is 21:00 UTC in March.
        _clock.MoveTo(new DateTimeOffset(2026, 3, 15, 21, 1, 0, TimeSpan.Zero));
        await Look(TimeSpan.Zero);
        Assert.Empty(await Incidents());

        await Look(after: TimeSpan.FromMinutes(7));
        Assert.Equal("EURUSD", Assert.Single(await Incidents()).Symbols.Single());
    }

    [Fact]
    public async Task A_spike_is_an_incident_and_one_that_returns_soon_is_the_same()
    {
        await Spike();
        await Look(TimeSpan.FromSeconds(1));
        var first = Assert.Single(await Incidents());
        Assert.Equal(("Spike", "EURUSD"), (first.Kind, first.Symbols.Single()));
        Assert.NotNull(first.To);

        _clock.Advance(TimeSpan.FromMinutes(2));
        await Spike();
        await Look(TimeSpan.FromSeconds(1));
        Assert.True(Assert.Single(await Incidents()).To > first.To);

        _clock.Advance(TimeSpan.FromMinutes(5.9));
        await Spike();
        await Look(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await Incidents()).Count(incident => incident.Kind == "Spike"));
    }

    private async Task Spike()
    {
        await Quote("EURUSD", 1.1m);
        _feed.Say(new Quote(_clock.GetUtcNow(), "EURUSD", new Price(1.2m), new Price(1.2001m)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Quote("EURUSD", 1.1m);
    }

    private async Task Quote(string symbol, decimal bid)
    {
        var quote = new Quote(_clock.GetUtcNow(), symbol, new Price(bid), new Price(bid + (bid > 1000m ? 1m : 0.0001m)));
        _feed.Say(quote);
        for (var i = 0; !(_latest.TryGet(symbol, out var last) && last.Quote == quote); i++)
        {
            Assert.True(i < 1000, "The quote was not accepted.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private async Task Look(TimeSpan after)
    {
        _clock.Advance(after);
        await _guard.Look(TestContext.Current.CancellationToken);
    }

    private async Task<IReadOnlyList<(string Kind, string[] Symbols, DateTimeOffset From, DateTimeOffset? To)>> Incidents()
    {
        await using var command = _app.CreateCommand("select kind, symbols, started_at, ended_at from market_incidents order by started_at");
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string[], DateTimeOffset, DateTimeOffset?)>();
        while (await reader.ReadAsync()) rows.Add((reader.GetString(0), reader.GetFieldValue<string[]>(1), reader.GetFieldValue<DateTimeOffset>(2), await reader.IsDBNullAsync(3) ? null : reader.GetFieldValue<DateTimeOffset>(3)));
        return rows;
    }

    private Task<HealthCheckResult> Readiness() => new FeedCheck(_standing).CheckHealthAsync(
        new HealthCheckContext { Registration = new HealthCheckRegistration("feed", _ => throw new NotSupportedException(), HealthStatus.Degraded, null) }, TestContext.Current.CancellationToken);

    private sealed class TestFeed(FakeClock clock) : IQuoteFeed
    {
        private readonly Channel<Quote> _quotes = Channel.CreateUnbounded<Quote>();

        public string Name => "test";
        public DateTimeOffset Now => clock.GetUtcNow();
        public FeedHealth Health => new(null, null, 0);

        public void Say(Quote quote) => _quotes.Writer.TryWrite(quote);

        public void ResumeAfter(DateTimeOffset last) { }

        public ValueTask<FeedOpening> Opening(CancellationToken ct) => ValueTask.FromResult(new FeedOpening(Now, new Dictionary<string, Quote>()));

        public async IAsyncEnumerable<FeedQuote> Read([EnumeratorCancellation] CancellationToken ct)
        {
            await foreach (var quote in _quotes.Reader.ReadAllAsync(ct)) yield return quote;
        }
    }
}
