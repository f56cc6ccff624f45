using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TradeSense.Baselines;
using TradeSense.Benchmarks.Ground;
using TradeSense.Benchmarks.Measuring;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Web.Hosting;

namespace TradeSense.Benchmarks;

/// <summary>P13: from the command to a ready server when everything is already there, and from a cold shard with a million positions to the first quote it took.</summary>
internal static class StartBench
{
    private const int Shard = 2301, Accounts = 100_000, PositionsEach = 10;

    public static async Task Measure(PrivatePostgres server, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        if (options.Targets.Contains("P13")) await Start(server, table, Math.Min(options.Runs, 3), ct);
        await Reload(server, table, options, ct);
    }

    /// <summary>The whole of <c>./tradesense run</c>: its checks, its private PostgreSQL, migrations, tenants, first answer. The warm-up is the first start, which creates all that.</summary>
    private static async Task Start(PrivatePostgres server, ResultTable table, int runs, CancellationToken ct)
    {
        await using var database = await BenchDatabase.Create(server, ct);
        await PageTables.Create(database, ct);
        // Not one of the system's own temporary folders: those are closed to the user PostgreSQL runs as.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"tradesense-start-{Environment.ProcessId}"));
        var first = TimeSpan.Zero;
        try
        {
            var figures = await Rounds.Run(runs, ct,
                new Contender("TradeSense", async stop =>
                {
                    await using var run = ServerUnderTest.Script(folder.FullName);
                    var took = await run.UntilReady("/health/ready", stop);
                    if (first == TimeSpan.Zero) first = took;
                    return InSeconds(took);
                }),
                new Contender("bare Razor + EF server, process start alone", async stop =>
                {
                    await using var run = ServerUnderTest.Baseline(database.Options.App);
                    return InSeconds(await run.UntilReady("/fortunes", stop));
                }));
            table.Add(new("P13", "second start, ./tradesense run to ready", Unit.Seconds, figures[0], figures[1], Goal.AtMost(10m)));
            table.Note($"the first start, which creates the cluster and the brands, took {first.TotalSeconds:0.0} s");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task Reload(PrivatePostgres server, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        await using var database = await (await BenchDatabase.Create(server, ct)).WithBrand(ct);
        await using var services = Shards.Services(database.Options);
        var setUp = Stopwatch.StartNew();
        await database.AddAccounts(Shard, Accounts, PositionsEach, TimeProvider.System.GetUtcNow().AddMinutes(-1), ct);
        table.Note($"P13: {Accounts * PositionsEach:N0} positions of {Accounts:N0} accounts written in {setUp.Elapsed.TotalSeconds:0.0} s");

        await using var engineRole = NpgsqlDataSource.Create(database.Options.Engine);
        if (options.Targets.Contains("P14"))
        {
            var (own, bare) = (await Held(services, ct), await Bare(engineRole, ct));
            table.Add(new("P14", "memory of a position, its account's share and the shell's included", Unit.Bytes, ResultTable.Counted("TradeSense", own), ResultTable.Counted("the same rows in arrays", bare), Goal.AtMost(400m)));
        }

        if (!options.Targets.Contains("P13")) return;

        var figures = await Rounds.Run(options.Runs, ct,
            new Contender("TradeSense", async stop =>
            {
                GC.Collect();
                var clock = Stopwatch.StartNew();
                await using var desk = DeskApart.Start(services, Shards.Options with { CommitTimeout = TimeSpan.FromMinutes(1) }, Shard, TimeProvider.System);
                var quote = new Quote(TimeProvider.System.GetUtcNow(), BenchDatabase.Symbols[0], new Price(1.09996m), new Price(1.10006m));
                await desk.Desk.Take(quote, stop);
                var view = await Served(desk.Desk, stop);
                var reading = InSeconds(clock.Elapsed);
                return view is { State.Positions.Count: PositionsEach } && view.AsOf >= quote.At ? reading : throw new InvalidOperationException("The reloaded engine has not taken the quote.");
            }),
            new Contender("the same rows read into arrays", async stop =>
            {
                GC.Collect();
                var clock = Stopwatch.StartNew();
                var (accounts, positions) = await BareRead.Run(engineRole, Shard, stop);
                var reading = InSeconds(clock.Elapsed);
                return (accounts.Count, positions.Count) is (Accounts, Accounts * PositionsEach) ? reading : throw new InvalidOperationException("The bare read read too little.");
            }));
        table.Add(new("P13", string.Create(CultureInfo.InvariantCulture, $"reload of {Accounts * PositionsEach:N0} positions to first quote"), Unit.Seconds, figures[0], figures[1], Goal.AtMost(3m)));
    }

    /// <summary>Bytes of the managed heap a position takes while its shard serves: engine, seats, everything.</summary>
    private static async Task<decimal> Held(IServiceProvider services, CancellationToken ct)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var desk = DeskApart.Start(services, Shards.Options with { CommitTimeout = TimeSpan.FromMinutes(1) }, Shard, TimeProvider.System);
        await Served(desk.Desk, ct);
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / (decimal)(Accounts * PositionsEach);
    }

    /// <summary>The last account, once the shard serves it: a look gives up after some seconds, a reload may take longer on a busy machine.</summary>
    private static async Task<AccountView> Served(TradingDesk desk, CancellationToken ct)
    {
        while (true)
            if (await desk.View(BenchDatabase.Account(Shard, Accounts), ct) is { } view) return view;
    }

    private static async Task<decimal> Bare(NpgsqlDataSource source, CancellationToken ct)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var rows = await BareRead.Run(source, Shard, ct);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(rows);
        return held / (decimal)(Accounts * PositionsEach);
    }

    private static Reading InSeconds(TimeSpan took) => new(took.Ticks / (decimal)TimeSpan.TicksPerSecond);
}
