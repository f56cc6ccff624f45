using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Baselines.Orders;
using TradeSense.Benchmarks.Ground;
using TradeSense.Benchmarks.Measuring;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Benchmarks;

/// <summary>
/// P4: a quote takes accounts below their floor; the clock runs until the verdicts are committed. Each run has accounts of its own that break at a price of their own,
/// further down than the run before. The baseline writes as many rows of every table, which is counted.
/// </summary>
internal sealed class VerdictBench(BenchDatabase database, DeskApart desk, int product)
{
    private static readonly string[] Tables = ["journal_entries", "trades", "breaches", "outbox_messages"];
    private int _broken;

    public static async Task Measure(PrivatePostgres server, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        foreach (var (at, shard) in ((int, int)[])[(1, 1401), (100, 1411), (1000, 1421)]) await Measure(server, table, options.Runs, at, shard, ct);
    }

    private static async Task Measure(PrivatePostgres server, ResultTable table, int runs, int atOnce, int shard, CancellationToken ct)
    {
        await using var database = await (await BenchDatabase.Create(server, ct)).WithBrand(ct);
        await using var services = Shards.Services(database.Options);
        var groups = runs + 2;
        foreach (var one in (int[])[shard, shard + 1])
        {
            await database.AddAccounts(one, atOnce * groups, 0, TimeProvider.System.GetUtcNow(), ct);
            await AddPositions(database, one, atOnce, groups, ct);
        }

        await using var desk = DeskApart.Start(services, Shards.Options, shard, TimeProvider.System);
        await Shards.Quote(desk.Desk, ct);
        var bench = new VerdictBench(database, desk, shard);
        await bench.Break(atOnce, ct);
        var content = await bench.Content(ct);

        await using var engineRole = NpgsqlDataSource.Create(database.Options.Engine);
        var (writer, next) = (new RawVerdictWriter(engineRole, content), 0);
        var figures = await Rounds.Run(runs, ct,
            new Contender("TradeSense", stop => bench.Counted(atOnce, content.Entries, () => bench.Break(atOnce, stop), stop)),
            new Contender("the same rows in one batch", stop =>
            {
                Guid[] accounts = [.. Enumerable.Range(1 + atOnce * next++, atOnce).Select(n => BenchDatabase.Account(shard + 1, n).Value)];
                return bench.Counted(atOnce, content.Entries, async () =>
                {
                    var clock = Stopwatch.StartNew();
                    await writer.Write(BenchDatabase.Tenant, BenchDatabase.Trader, accounts, stop);
                    return InMilliseconds(clock);
                }, stop);
            }));
        table.Add(new("P4", string.Create(CultureInfo.InvariantCulture, $"quote → committed verdict, {atOnce:N0} at once"), Unit.Milliseconds, figures[0], figures[1], Goal.RatioAtMost(2.5m)));
    }

    /// <summary>The quote that breaks the next accounts, and the time until their verdicts are durable.</summary>
    private async Task<Reading> Break(int atOnce, CancellationToken ct)
    {
        var bid = BenchDatabase.OpenPrice - Distance(_broken++) - 0.0001m;
        var clock = Stopwatch.StartNew();
        await desk.Desk.Take(new Quote(TimeProvider.System.GetUtcNow(), "EURUSD", new Price(bid), new Price(bid + 0.0001m)), ct);
        await desk.Desk.AdvanceTo(TimeProvider.System.GetUtcNow(), ct);
        var reading = InMilliseconds(clock);
        return await database.Count($"trading_accounts where shard_apart = {product} and status = 'Failed'", ct) is var failed && failed == atOnce * _broken
            ? reading
            : throw new InvalidOperationException($"{failed} accounts failed, {atOnce * _broken} should have.");
    }

    /// <summary>Fails when the tables did not grow by what so many verdicts leave.</summary>
    private async Task<Reading> Counted(int atOnce, int entries, Func<Task<Reading>> work, CancellationToken ct)
    {
        var before = await Counts(ct);
        var reading = await work();
        foreach (var (name, count) in await Counts(ct))
            if (count - before[name] != atOnce * (name == "journal_entries" ? entries : 1)) throw new InvalidOperationException($"{atOnce} verdicts left {count - before[name]} rows in {name}.");
        return reading;
    }

    private async Task<Dictionary<string, long>> Counts(CancellationToken ct)
    {
        var counts = new Dictionary<string, long>();
        foreach (var name in Tables) counts[name] = await database.Count(name, ct);
        return counts;
    }

    /// <summary>How many entries a verdict left, and the longest of its texts.</summary>
    private async Task<VerdictContent> Content(CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("""
            select (select count(*) / count(distinct account_id) from journal_entries)::int, (select body from journal_entries order by length(body) desc limit 1),
                (select evidence from breaches limit 1), (select payload::text from outbox_messages limit 1)
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new VerdictContent(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3));
    }

    /// <summary>Group by group a position that loses the day's whole allowance at the group's distance.</summary>
    private static async Task AddPositions(BenchDatabase database, int shard, int atOnce, int groups, CancellationToken ct)
    {
        for (var group = 0; group < groups; group++)
        {
            var lots = decimal.Round(5000m / (100_000m * Distance(group)), 2, MidpointRounding.ToPositiveInfinity);
            await database.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                insert into positions (tenant_id, account_id, number, symbol, side, lots, open_price, opened_at, commission_paid, swap_paid, order_id)
                select tenant_id, id, 1, 'EURUSD', 'Buy', {lots}, {BenchDatabase.OpenPrice}, opened_at, 0, 0, 'o' from trading_accounts
                where shard_apart = {shard} and opening > {group * atOnce} and opening <= {(group + 1) * atOnce};
                update trading_accounts set last_position_number = 1 where shard_apart = {shard} and opening > {group * atOnce} and opening <= {(group + 1) * atOnce}
                """), ct);
        }
    }

    private static decimal Distance(int group) => 0.0050m + group * 0.0010m;

    private static Reading InMilliseconds(Stopwatch clock) => new(clock.Elapsed.Ticks * 1000m / TimeSpan.TicksPerSecond);
}
