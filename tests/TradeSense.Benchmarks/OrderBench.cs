using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Baselines.Orders;
using TradeSense.Benchmarks.Ground;
using TradeSense.Benchmarks.Measuring;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Benchmarks;

/// <summary>
/// P1: market orders in process, answered after their commit. The baselines write the same rows into the same tables: as many journal entries, positions and
/// commands for each order, which is counted after every run.
/// </summary>
internal sealed class OrderBench(BenchDatabase database, ServiceProvider services, TimeSpan length)
{
    /// <summary>Enough that none comes to hold more positions than a busy trader would.</summary>
    private const int Accounts = 8192;
    private const int Shard = 1001;
    private static readonly string[] Tables = ["journal_entries", "positions", "trading_commands"];
    private readonly Dictionary<int, int> _numbers = [];
    private int _run;

    public static async Task Measure(PrivatePostgres server, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        await using var database = await (await BenchDatabase.Create(server, ct)).WithBrand(ct);
        await using var services = Shards.Services(database.Options);
        var bench = new OrderBench(database, services, options.RunLength);
        foreach (var inFlight in (int[])[64, 1024]) await bench.Measure(inFlight, table, options.Runs, ct);
    }

    private async Task Measure(int inFlight, ResultTable table, int runs, CancellationToken ct)
    {
        // Sides have accounts of their own, so that none waits for another's locks or trips over its numbers.
        var (product, raw, ef) = (Shard + inFlight * 3, Shard + inFlight * 3 + 1, Shard + inFlight * 3 + 2);
        foreach (var shard in (int[])[product, raw, ef]) await database.AddAccounts(shard, Accounts, 0, TimeProvider.System.GetUtcNow(), ct);
        await using var desk = DeskApart.Start(services, Shards.Options, product, TimeProvider.System);
        await Shards.Quote(desk.Desk, ct);
        var content = await FirstOrder(desk.Desk, product, ct);

        await using var engineRole = NpgsqlDataSource.Create(database.Options.Engine);
        await using var writer = new RawOrderWriter(engineRole, content);
        var ordinary = new EfOrderWriter(engineRole, content);
        var figures = await Rounds.Run(runs, ct,
            new Contender("TradeSense", stop => Run(inFlight, async (account, client) => Expect(await desk.Desk.Send(Order(BenchDatabase.Account(product, account), client), stop)), stop)),
            new Contender("raw batched writer, 4 × unnest", stop => Run(inFlight, (account, client) => writer.Write(Plain(raw, account, client)), stop)),
            new Contender("EF, SaveChanges for each order", stop => Run(inFlight, (account, client) => ordinary.Write(Plain(ef, account, client)), stop)));

        table.Add(new("P1", $"orders after commit, {inFlight:N0} in flight", Unit.PerSecond, figures[0], figures[1], Goal.RatioAtLeast(0.5m)));
        table.Add(new("P1", $"orders after commit, {inFlight:N0} in flight", Unit.PerSecond, figures[0], figures[2], Goal.RatioAtLeast(6m)));
        table.Add(new("P1", $"wait of an order, p99, {inFlight:N0} in flight", Unit.Milliseconds, figures[0].Waits, figures[1].Waits, Goal.RatioAtMost(2m)));
    }

    /// <summary>So many callers, each with its own accounts, each sending the next order when the last is answered.</summary>
    private async Task<Reading> Run(int inFlight, Func<int, string, Task> order, CancellationToken ct)
    {
        var (run, before, waits) = (++_run, await Counts(ct), new Waits(inFlight));
        var (clock, each) = (Stopwatch.StartNew(), Accounts / inFlight);
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(caller => Task.Run(
            async () =>
            {
                for (var i = 0; clock.Elapsed < length; i++)
                {
                    var began = Stopwatch.GetTimestamp();
                    await order(1 + caller * each + i % each, $"r{run}-{caller}-{i}");
                    waits.Add(caller, began);
                }
            }, ct)));
        var reading = waits.Over(clock.Elapsed);

        foreach (var (table, count) in await Counts(ct))
            if (count - before[table] != waits.Count) throw new InvalidOperationException($"{waits.Count} orders were answered, but {table} has {count - before[table]} rows more.");
        return reading;
    }

    private async Task<Dictionary<string, long>> Counts(CancellationToken ct)
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in Tables) counts[table] = await database.Count(table, ct);
        return counts;
    }

    /// <summary>The content of the baselines' rows is the product's own, so that they write as many bytes.</summary>
    private async Task<OrderContent> FirstOrder(TradingDesk desk, int shard, CancellationToken ct)
    {
        var account = BenchDatabase.Account(shard, 1);
        Expect(await desk.Send(Order(account, "first"), ct));
        await using var command = database.Source.CreateCommand($"select j.kind, j.body, p.symbol, p.lots, p.open_price from journal_entries j join positions p on p.account_id = j.account_id where j.account_id = '{account.Value}'");
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new OrderContent(reader.GetString(2), reader.GetDecimal(3), reader.GetDecimal(4), reader.GetString(0), reader.GetString(1))
            : throw new InvalidOperationException("The first order left no trace.");
    }

    private PlainOrder Plain(int shard, int account, string client)
    {
        lock (_numbers)
        {
            var key = shard * 100_000 + account;
            _numbers[key] = _numbers.GetValueOrDefault(key) + 1;
            return new PlainOrder(BenchDatabase.Tenant, BenchDatabase.Account(shard, account).Value, _numbers[key], client);
        }
    }

    private static MarketOrder Order(AccountId account, string client) => new(default, account, client, "EURUSD", Side.Buy, new Lots(0.01m), null, null);

    private static void Expect(CommandOutcome outcome)
    {
        if (outcome is CommandOutcome.Refused refused) throw new InvalidOperationException($"An order of the benchmark was refused: {refused.Reason}.");
    }
}
