using Npgsql;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Quotes;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;
using TradeSense.Modules.Trading.Quotes.Filter;
using TradeSense.Modules.Trading.Quotes.Standing;
using TradeSense.Tests.Fixture;
using static TradeSense.Tests.Trading.Quotes.Recordings;

namespace TradeSense.Tests.Trading.Quotes;

public sealed class QuotePipelineTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 11, 14, 0, 30, TimeSpan.Zero);
    private static readonly SimulatedMarket Market = new(7);

    private TestDatabase _database = null!;
    private NpgsqlDataSource _engine = null!;
    private NpgsqlDataSource _app = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        (_engine, _app) = (NpgsqlDataSource.Create(_database.Options.Engine), NpgsqlDataSource.Create(_database.Options.App));
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_engine_gets_every_accepted_quote_once_in_order_and_the_archive_has_the_same()
    {
        var files = Ticks("NZDUSD-2014-05-02");
        var run = Run(Replay(files, 9_000));

        var delivered = await run.Play();

        Assert.True(QuoteFiles.Read(files).Take(9_000).SequenceEqual(delivered));
        Assert.True(delivered.SequenceEqual(await Archived("NZDUSD", delivered)));
        Assert.Equal(delivered[^1], run.Memory.Latest.All.Single(latest => latest.Quote.Symbol == "NZDUSD").Quote);
    }

    [Fact]
    public async Task A_slow_engine_holds_the_feed_back()
    {
        var feed = Replay(Ticks("NZDUSD-2014-05-02"), 100);
        var gate = new SemaphoreSlim(0);
        var run = Run(feed).Pipeline.Run(async (_, ct) => await gate.WaitAsync(ct), CancellationToken.None);

        gate.Release(10);
        while (feed.Health.Quotes < 11) await Task.Delay(5, TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(11, feed.Health.Quotes);

        gate.Release(90);
        await run;
        Assert.Equal(100, feed.Health.Quotes);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_minute_goes_on_without_a_seam()
    {
        var files = Ticks("NZDUSD-2014-05-02");
        var all = QuoteFiles.Read(files).Take(6_000).ToArray();
        await Run(new ListFeed(all[..4_321])).Play();

        var again = Run(new ListFeed(all[4_321..]));
        await again.Play();

        Assert.True(all.SequenceEqual(await Archived("NZDUSD", all)));
        var bars = await Chart(again).Run("NZDUSD", BarPeriod.M1, null, 2000, CancellationToken.None);
        var builder = new BarBuilder("NZDUSD", BarPeriod.M1);
        var expected = new List<Bar>();
        foreach (var quote in all) builder.Add(quote, expected);
        Assert.Equal(
            expected.Where(bar => bar.Period == BarPeriod.M1).Select(bar => (bar.OpensAt, bar.Bid.High, bar.Bid.Low, bar.Bid.Close, bar.Quotes)),
            bars.Where(bar => bar is { Synthetic: false, Forming: false }).Select(bar => (bar.OpensAt, bar.High, bar.Low, bar.Close, bar.Quotes)));
        Assert.Equal(all.Length, again.Memory.Bars.Forming("NZDUSD", BarPeriod.D1)!.Value.Quotes);
    }

    [Fact]
    public async Task A_database_that_was_away_loses_nothing_that_was_accepted()
    {
        var run = Run(Replay(Ticks("NZDUSD-2014-05-02"), 60_000));
        var delivered = new List<Quote>();
        async ValueTask Deliver(Quote quote, CancellationToken ct)
        {
            delivered.Add(quote);
            if (delivered.Count == 3_000) await Administer("revoke insert on quote_minutes from tradesense_engine");
        }

        await Assert.ThrowsAsync<PostgresException>(() => run.Pipeline.Run(Deliver, CancellationToken.None));
        await Administer("grant insert on quote_minutes to tradesense_engine");
        await run.Pipeline.Run(Deliver, CancellationToken.None);

        Assert.Equal(41_665, delivered.Count);
        Assert.True(delivered.SequenceEqual(await Archived("NZDUSD", delivered)));
    }

    [Fact]
    public async Task A_new_installation_has_a_past_for_every_instrument_marked_as_synthetic_and_joined()
    {
        var run = Run(new SyntheticFeed(Market, Options with { StartAt = Start, Speed = 0 }, TimeProvider.System), Options with { HistoryDays = 60 });
        await run.Pipeline.Prepare(CancellationToken.None);

        var chart = Chart(run);
        foreach (var symbol in InstrumentCatalog.All.Select(instrument => instrument.Symbol))
        {
            foreach (var period in BarPeriods.Stored.Where(period => period <= BarPeriod.H1))
            {
                var bars = await chart.Run(symbol, period, null, 300, CancellationToken.None);
                Assert.Equal(300, bars.Count);
                Assert.All(bars, bar => Assert.True(bar.Synthetic && bar.Low <= Math.Min(bar.Open, bar.Close) && bar.High >= Math.Max(bar.Open, bar.Close)));
                Assert.Equal(period.OpenOf(Start), bars[^1].OpensAt);
                Assert.True(bars[^1].Forming);
            }

            Assert.True(run.Memory.Latest.TryGet(symbol, out var latest));
            Assert.InRange(latest.Quote.At, Start.AddSeconds(-11), Start);
        }
    }

    [Fact]
    public async Task A_chart_pages_back_beyond_what_is_stored()
    {
        var run = Run(new SyntheticFeed(Market, Options with { StartAt = Start, Speed = 0 }, TimeProvider.System), Options with { HistoryDays = 5 });
        await run.Pipeline.Prepare(CancellationToken.None);
        var chart = Chart(run);

        var (before, seen) = ((DateTimeOffset?)null, new List<ChartBar>());
        for (var page = 0; page < 5; page++)
        {
            var bars = await chart.Run("EURUSD", BarPeriod.H1, before, 100, CancellationToken.None);
            Assert.Equal(100, bars.Count);
            seen.InsertRange(0, bars);
            before = bars[0].OpensAt;
        }

        Assert.Equal(500, seen.Select(bar => bar.OpensAt).Distinct().Count());
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.True(pair.First.OpensAt < pair.Second.OpensAt));
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.InRange(pair.Second.Open / pair.First.Close, 0.993m, 1.007m));
        Assert.Empty(await chart.Run("NOSUCH", BarPeriod.H1, null, 100, CancellationToken.None));
    }

    [Fact]
    public async Task Bars_shorter_than_a_minute_come_from_the_archived_quotes()
    {
        var run = Run(Replay(Ticks("NZDUSD-2014-05-02"), 5_000));
        var quotes = await run.Play();

        // Another node has nothing in memory.
        var bars = await Chart(Run(new ListFeed([]))).Run("NZDUSD", BarPeriod.S5, null, 200, CancellationToken.None);

        var (builder, expected) = (new BarBuilder("NZDUSD", BarPeriod.S5), new List<Bar>());
        foreach (var quote in quotes) builder.Add(quote, expected);
        expected.Add(builder.Forming(BarPeriod.S5)!.Value);
        Assert.Equal(
            expected.Where(bar => bar.Period == BarPeriod.S5).TakeLast(200).Select(bar => (bar.OpensAt, bar.Bid.Open, bar.Bid.Close)),
            bars.Select(bar => (bar.OpensAt, bar.Open, bar.Close)));
    }

    [Fact]
    public async Task History_leads_to_the_first_recorded_quote()
    {
        var options = Options with { HistoryDays = 3 };
        var run = Run(Replay(Ticks("NZDUSD-2014-05-02", "XAUUSD-2014-05-02"), 2_000), options);
        await run.Play();

        var bars = await Chart(run).Run("NZDUSD", BarPeriod.M1, null, 500, CancellationToken.None);
        var (made, real) = (bars.Last(bar => bar.Synthetic), bars.First(bar => !bar.Synthetic));
        Assert.InRange(real.Open / made.Close, 0.998m, 1.002m);
        Assert.False(run.Memory.Latest.TryGet("EURUSD", out _));
    }

    [Fact]
    public async Task What_a_stop_left_out_is_filled_by_the_synthetic_market()
    {
        var options = Options with { HistoryDays = 2, Speed = 0 };
        await Run(new SyntheticFeed(Market, options with { StartAt = Start }, TimeProvider.System), options).Pipeline.Prepare(CancellationToken.None);

        var later = Run(new SyntheticFeed(Market, options with { StartAt = Start.AddHours(3) }, TimeProvider.System), options);
        await later.Pipeline.Prepare(CancellationToken.None);

        var bars = await Chart(later).Run("EURUSD", BarPeriod.M1, null, 240, CancellationToken.None);
        Assert.Equal(240, bars.Count);
        Assert.Equal(BarPeriod.M1.OpenOf(Start.AddHours(3)), bars[^1].OpensAt);
        Assert.All(bars.Zip(bars.Skip(1)), pair => Assert.Equal(TimeSpan.FromMinutes(1), pair.Second.OpensAt - pair.First.OpensAt));
    }

    [Fact]
    public async Task What_was_accepted_and_refused_is_kept_by_symbol_and_reason_also_over_a_restart()
    {
        Quote[] quotes = [Quote("2026-03-11T14:00:31Z", "EURUSD", 1.1m, 1.1001m), Quote("2026-03-11T14:00:32Z", "EURUSD", 1.1002m, 1.1001m), Quote("2026-03-11T14:00:33Z", "XYZUSD", 1m, 1m)];

        await Run(new ListFeed(quotes)).Play();
        await Run(new ListFeed([quotes[0] with { At = quotes[0].At.AddMinutes(1) }, quotes[1] with { At = quotes[1].At.AddMinutes(1) }])).Play();

        var rows = await new QuoteOutcomeTable(_app, TimeProvider.System).Run(CancellationToken.None);
        Assert.Equal(["(other)", "EURUSD"], rows.Select(row => row.Symbol));
        Assert.Equal((2, 2), (rows[1].Accepted, rows[1].Refused));
        Assert.Equal(2, rows[1].ByReason["crossed"]);
        Assert.Equal(1, rows[0].ByReason["unknown_instrument"]);
        Assert.Equal(0.5m, rows[1].Lately.RefusedShare);
    }

    [Fact]
    public async Task Market_data_is_written_by_the_engines_role_only()
    {
        foreach (var table in (string[])["quote_minutes", "bars", "last_quotes", "quote_outcomes"])
        {
            await using var read = _app.CreateCommand($"select count(*) from {table}");
            await read.ExecuteScalarAsync(TestContext.Current.CancellationToken);
            await using var write = _app.CreateCommand($"insert into {table} select * from {table} limit 0");
            var refused = await Assert.ThrowsAsync<PostgresException>(() => write.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            Assert.Equal("42501", refused.SqlState);
            await using var delete = _engine.CreateCommand($"delete from {table}");
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => delete.ExecuteNonQueryAsync(TestContext.Current.CancellationToken))).SqlState);
        }
    }

    private async Task Administer(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(_database.Options.Owner);
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static QuotesOptions Options => new() { HistoryDays = 0, Seed = 7 };

    private Started Run(IQuoteFeed feed, QuotesOptions? options = null)
    {
        var memory = new QuoteMemory(new LatestQuotes(), new LiveBars(), Market);
        var filter = new QuoteFilter(InstrumentCatalog.All.Select(instrument => instrument.Symbol), options ?? Options);
        return new Started(new QuotePipeline(feed, filter, memory, new QuoteArchive(_engine), options ?? Options, TimeProvider.System), memory);
    }

    private ChartBars Chart(Started run) => new(_app, run.Memory.Bars, new OlderBars(Market), TimeProvider.System);

    private async Task<IReadOnlyList<Quote>> Archived(string symbol, IReadOnlyList<Quote> quotes) =>
        await new ArchivedQuotes(_app).Run(symbol, quotes[0].At, quotes[^1].At, CancellationToken.None);

    private static ListFeed Replay(string[] files, int count) => new([.. QuoteFiles.Read(files).Take(count)]);

    private sealed record Started(QuotePipeline Pipeline, QuoteMemory Memory)
    {
        public async Task<List<Quote>> Play()
        {
            var delivered = new List<Quote>();
            await Pipeline.Run((quote, _) => { delivered.Add(quote); return ValueTask.CompletedTask; }, CancellationToken.None);
            return delivered;
        }
    }

    /// <summary>Quotes handed out as fast as they are taken, then the end.</summary>
    private sealed class ListFeed(IReadOnlyList<Quote> quotes) : IQuoteFeed
    {
        private int _next;

        public string Name => "list";
        public DateTimeOffset Now { get; private set; }
        public FeedHealth Health { get; private set; } = new(null, null, 0);

        public void ResumeAfter(DateTimeOffset last) => Now = last;

        public ValueTask<FeedOpening> Opening(CancellationToken ct) => ValueTask.FromResult(new FeedOpening(
            quotes.Count > 0 ? quotes[0].At : Start, quotes.GroupBy(quote => quote.Symbol).ToDictionary(symbol => symbol.Key, symbol => symbol.First())));

        public async IAsyncEnumerable<FeedQuote> Read([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            await Task.Yield();
            for (; _next < quotes.Count; _next++)
            {
                ct.ThrowIfCancellationRequested();
                var quote = quotes[_next];
                Now = quote.At;
                Health = new FeedHealth(quote.At, null, Health.Quotes + 1);
                yield return quote;
            }
        }
    }
}
