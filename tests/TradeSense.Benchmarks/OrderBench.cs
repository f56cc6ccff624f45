using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Baselines.Orders;
using TradeSense.Benchmarks.Ground;
using TradeSense.Benchmarks.Measuring;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Benchmarks;

/// <summary>
/// P1: market orders in process, answered after their commit. The baselines write the same rows into the same tables: as many journal entries, positions and
/// commands for each order, which is counted after every run.
/// </summary>
internal sealed class OrderBench(BenchDatabase database, ServiceProvider services, TimeSpan length)
{
    private const int Shard = 1001;
    private readonly OrderLoad _load = new(database, length, "journal_entries", "positions", "trading_commands");

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
        foreach (var shard in (int[])[product, raw, ef]) await database.AddAccounts(shard, OrderLoad.Accounts, 0, TimeProvider.System.GetUtcNow(), ct);
        await using var desk = DeskApart.Start(services, Shards.Options, product, TimeProvider.System);
        await Shards.Quote(desk.Desk, ct);
        Expect(await desk.Desk.Send(Order(BenchDatabase.Account(product, 1), "first"), ct));
        var content = await _load.ContentOf(BenchDatabase.Account(product, 1), ct);

        await using var engineRole = NpgsqlDataSource.Create(database.Options.Engine);
        await using var writer = new RawOrderWriter(engineRole, content);
        var ordinary = new EfOrderWriter(engineRole, content);
        var figures = await Rounds.Run(runs, ct,
            new Contender("TradeSense", stop => Run(inFlight, async (account, client) => Expect(await desk.Desk.Send(Order(BenchDatabase.Account(product, account), client), stop)), stop)),
            new Contender("raw batched writer, 4 × unnest", stop => Run(inFlight, (account, client) => writer.Write(_load.Plain(raw, account, client)), stop)),
            new Contender("EF, SaveChanges for each order", stop => Run(inFlight, (account, client) => ordinary.Write(_load.Plain(ef, account, client)), stop)));

        table.Add(new("P1", $"orders after commit, {inFlight:N0} in flight", Unit.PerSecond, figures[0], figures[1], Goal.RatioAtLeast(0.5m)));
        table.Add(new("P1", $"orders after commit, {inFlight:N0} in flight", Unit.PerSecond, figures[0], figures[2], Goal.RatioAtLeast(6m)));
        table.Add(new("P1", $"wait of an order, p99, {inFlight:N0} in flight", Unit.Milliseconds, figures[0].Waits, figures[1].Waits, Goal.RatioAtMost(2m)));
    }

    private Task<Reading> Run(int inFlight, Func<int, string, Task> order, CancellationToken ct) => _load.Run(inFlight, _ => Task.FromResult<IOrderCaller>(new Caller(order)), ct);

    private static MarketOrder Order(AccountId account, string client) => new(default, account, client, "EURUSD", Side.Buy, new Lots(0.01m), null, null);

    private static void Expect(CommandOutcome outcome)
    {
        if (outcome is CommandOutcome.Refused refused) throw new InvalidOperationException($"An order of the benchmark was refused: {refused.Reason}.");
    }

    private sealed class Caller(Func<int, string, Task> order) : IOrderCaller
    {
        public Task Send(int account, string clientId, CancellationToken ct) => order(account, clientId);

        public void Dispose() { }
    }
}
