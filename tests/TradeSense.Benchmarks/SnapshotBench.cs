using System.Diagnostics;
using Npgsql;
using TradeSense.Baselines;
using TradeSense.Benchmarks.Ground;
using TradeSense.Benchmarks.Measuring;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Benchmarks;

/// <summary>P8: a trading day starts for every account. The product also writes the day into each journal and the new floors into each account; the baseline copies rows.</summary>
internal static class SnapshotBench
{
    private const int Shard = 1801;

    public static async Task Measure(PrivatePostgres server, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        await using var database = await (await BenchDatabase.Create(server, ct)).WithBrand(ct);
        await using var services = Shards.Services(database.Options);
        var clock = Stopwatch.StartNew();
        var day = TradingDayClock.LabelOf(TradingDay.Default, TimeProvider.System.GetUtcNow());
        await database.AddAccounts(Shard, options.Accounts, 0, TradingDayClock.StartOf(TradingDay.Default, day), ct);
        var written = clock.Elapsed;

        await using var engineRole = NpgsqlDataSource.Create(database.Options.Engine);
        await using var desk = DeskApart.Start(services, Shards.Options with { CommitTimeout = TimeSpan.FromMinutes(15), Lease = TimeSpan.FromMinutes(20) }, Shard, TimeProvider.System);
        await Shards.Quote(desk.Desk, ct);
        await desk.Desk.StateHashes(ct);
        table.Note($"P8: {options.Accounts:N0} accounts written in {written.TotalSeconds:0.0} s, read by the engine in {(clock.Elapsed - written).TotalSeconds:0.0} s");

        var (past, future) = (day.AddDays(-1000), day);
        var figures = await Rounds.Run(Math.Min(options.Runs, 3), ct,
            new Contender("TradeSense", stop => Run(() =>
            {
                future = future.AddDays(1);
                return desk.Desk.AdvanceTo(TradingDayClock.StartOf(TradingDay.Default, future), stop);
            }, database, options.Accounts, stop)),
            new Contender("one INSERT … SELECT", stop => Run(() =>
            {
                past = past.AddDays(1);
                return SnapshotStatement.Run(engineRole, Shard, past, stop);
            }, database, options.Accounts, stop)));
        table.Add(new("P8", $"day snapshot of {options.Accounts:N0} accounts", Unit.Seconds, figures[0], figures[1], Goal.RatioAtMost(4m)));
    }

    private static async Task<Reading> Run(Func<Task> take, BenchDatabase database, int accounts, CancellationToken ct)
    {
        await database.Execute("truncate day_snapshots", ct);
        var clock = Stopwatch.StartNew();
        await take();
        var reading = new Reading(clock.Elapsed.Ticks / (decimal)TimeSpan.TicksPerSecond);
        return await database.Count("day_snapshots", ct) is var rows && rows == accounts ? reading : throw new InvalidOperationException($"{rows} of {accounts} accounts have a snapshot.");
    }
}
