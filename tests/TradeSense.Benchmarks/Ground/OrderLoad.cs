using System.Collections.Concurrent;
using System.Diagnostics;
using TradeSense.Baselines.Orders;
using TradeSense.Benchmarks.Measuring;
using TradeSense.Engine.Values;

namespace TradeSense.Benchmarks.Ground;

/// <summary>One who sends an order and waits for its answer before the next.</summary>
internal interface IOrderCaller : IDisposable
{
    Task Send(int account, string clientId, CancellationToken ct);
}

/// <summary>
/// So many callers, each with accounts of its own, each sending the next order when the last is answered. After every run each table must have grown by as many rows
/// as orders were answered.
/// </summary>
internal sealed class OrderLoad(BenchDatabase database, TimeSpan length, params string[] tables)
{
    /// <summary>Enough that none comes to hold more positions than a busy trader would.</summary>
    public const int Accounts = 8192;

    private readonly ConcurrentDictionary<(int Shard, int Account), int> _numbers = new();
    private int _run;

    /// <summary>Processor time the generator itself took in the last run, in cores; in process it is the product's, too.</summary>
    public decimal Cores { get; private set; }

    public async Task<Reading> Run(int callers, Func<CancellationToken, Task<IOrderCaller>> open, CancellationToken ct)
    {
        var (run, before, waits, each) = (++_run, await Counts(ct), new Waits(callers), Accounts / callers);
        var (clock, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(number => Task.Run(
            async () =>
            {
                using var caller = await open(ct);
                for (var i = 0; clock.Elapsed < length; i++)
                {
                    var began = Stopwatch.GetTimestamp();
                    await caller.Send(1 + number * each + i % each, $"r{run}-{number}-{i}", ct);
                    waits.Add(number, began);
                }
            }, ct)));
        var reading = waits.Over(clock.Elapsed);
        Cores = (Process.GetCurrentProcess().TotalProcessorTime - processor).Ticks / (decimal)clock.Elapsed.Ticks;

        foreach (var (table, count) in await Counts(ct))
            if (count - before[table] != waits.Count) throw new InvalidOperationException($"{waits.Count} orders were answered, but {table} has {count - before[table]} rows more.");
        return reading;
    }

    /// <summary>The next order of a baseline's account: it numbers its positions itself.</summary>
    public PlainOrder Plain(int shard, int account, string clientId) =>
        new(BenchDatabase.Tenant, BenchDatabase.Account(shard, account).Value, _numbers.AddOrUpdate((shard, account), 1, (_, last) => last + 1), clientId);

    /// <summary>What the product wrote for an account's first order: the baselines write as many bytes.</summary>
    public async Task<OrderContent> ContentOf(AccountId account, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand($"""
            select j.kind, j.body, p.symbol, p.lots, p.open_price from positions p join journal_entries j on j.account_id = p.account_id and j.kind = 'position_opened'
            where p.account_id = '{account.Value}' limit 1
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new OrderContent(reader.GetString(2), reader.GetDecimal(3), reader.GetDecimal(4), reader.GetString(0), reader.GetString(1))
            : throw new InvalidOperationException("The first order left no trace.");
    }

    private async Task<Dictionary<string, long>> Counts(CancellationToken ct)
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in tables) counts[table] = await database.Count(table, ct);
        return counts;
    }
}
