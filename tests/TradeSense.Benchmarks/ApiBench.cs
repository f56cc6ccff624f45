using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TradeSense.Baselines.Orders;
using TradeSense.Benchmarks.Ground;
using TradeSense.Benchmarks.Measuring;
using TradeSense.Modules.Trading.Api;

namespace TradeSense.Benchmarks;

/// <summary>
/// P2: market orders through the trading API of a whole server process, 64 connections, each sending its next order when the last is answered. Beside it a
/// bare server that writes the same rows without a key, a tenant, a check or an engine. After every run the tables must have grown by what was answered.
/// </summary>
internal sealed class ApiBench(BenchDatabase database, TimeSpan length)
{
    private const int Connections = 64, Product = 2001, Batched = 2002, Ordinary = 2003;
    private const string Host = "bench.localhost", Symbol = "BTCUSD";
    private readonly OrderLoad _load = new(database, length, "positions", "trading_commands");

    public static async Task Measure(PrivatePostgres server, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        await using var database = await (await BenchDatabase.Create(server, ct)).WithBrand(ct);
        foreach (var shard in (int[])[Product, Batched, Ordinary]) await database.AddAccounts(shard, OrderLoad.Accounts, 0, TimeProvider.System.GetUtcNow(), ct);
        var secret = await OpenToPrograms(database, ct);
        var folder = Directory.CreateTempSubdirectory("tradesense-api-");
        try
        {
            await using var product = ServerUnderTest.Product(database.Options, "none", folder.FullName, ("TRADESENSE_API_RATE", "1000000"), ("TRADESENSE_API_BURST", "1000000"));
            await using var baseline = ServerUnderTest.Baseline(database.Options.Engine);
            await product.UntilReady("/health/ready", ct);
            await baseline.UntilReady("/orders/ready", ct);
            await new ApiBench(database, options.RunLength).Measure(server, product, baseline, secret, table, options, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The brand gets a host, its trader a key, and the first accounts belong to the engine that serves rather than to one apart.</summary>
    private static async Task<string> OpenToPrograms(BenchDatabase database, CancellationToken ct)
    {
        var secret = ApiKey.NewSecret();
        await database.Execute($"""
            insert into hosts (host, tenant, rank) values ('{Host}', '{BenchDatabase.Tenant}', 0);
            insert into api_keys (tenant_id, id, user_id, name, key_hash, hint, may_trade, all_accounts, created_at, expires_at)
            values ('{BenchDatabase.Tenant}', gen_random_uuid(), '{BenchDatabase.Trader}', 'bench', '\x{Convert.ToHexString(ApiKey.HashOf(secret)!)}', '{ApiKey.HintOf(secret)}', true, true, now(), now() + interval '1 day');
            update trading_accounts set shard_apart = null where shard_apart = {Product};
            delete from shard_quotes where shard = {Product};
            delete from engine_shards where shard = {Product}
            """, ct);
        return secret;
    }

    private async Task Measure(PrivatePostgres server, ServerUnderTest product, ServerUnderTest baseline, string secret, ResultTable table, BenchOptions options, CancellationToken ct)
    {
        var content = await FirstOrder(product.Port, secret, ct);
        await Tell(baseline.Port, content, ct);
        var (inServer, inDatabase, orders, generator) = (TimeSpan.Zero, TimeSpan.Zero, 0m, 0m);
        var figures = await Rounds.Run(options.Runs, ct,
            new Contender("TradeSense", async stop =>
            {
                var (before, databaseBefore, clock) = (product.ProcessorTime, server.ProcessorTime, Stopwatch.StartNew());
                var reading = await Run(product.Port, "positionOpened", (account, client) => Order(account, client, secret), stop);
                generator = _load.Cores;
                (inServer, inDatabase) = (product.ProcessorTime - before, server.ProcessorTime - databaseBefore);
                orders = reading.Value * clock.Elapsed.Ticks / TimeSpan.TicksPerSecond;
                return reading;
            }),
            new Contender("bare endpoint, batched writer", stop => Run(baseline.Port, "position", (account, client) => Plain("/orders/batched", Batched, account, client), stop)),
            new Contender("bare endpoint, EF SaveChanges", stop => Run(baseline.Port, "position", (account, client) => Plain("/orders/ef", Ordinary, account, client), stop)));
        table.Add(new("P2", "orders by the trading API, 64 connections", Unit.PerSecond, figures[0], figures[1], Goal.RatioAtLeast(0.5m)));
        table.Add(new("P2", "orders by the trading API, 64 connections", Unit.PerSecond, figures[0], figures[2], Goal.RatioAtLeast(4m)));
        table.Add(new("P2", "wait of an order by the API, p99", Unit.Milliseconds, figures[0].Waits, figures[1].Waits, Goal.AtMost(20m)));
        table.Note($"an order took {inServer.TotalMilliseconds / (double)orders:0.000} ms of processor time in the server and {inDatabase.TotalMilliseconds / (double)orders:0.000} ms in the database; the generator took {generator:0.00} cores");
    }

    private Task<Reading> Run(int port, string mustHold, Func<int, string, byte[]> request, CancellationToken ct) =>
        _load.Run(Connections, async stop =>
        {
            var caller = new Caller(new HttpConnection(port), Encoding.ASCII.GetBytes(mustHold), request);
            await caller.Connection.Open(stop);
            return caller;
        }, ct);

    /// <summary>The first order, as soon as the feed has a price; what it left is what the baselines write.</summary>
    private async Task<OrderContent> FirstOrder(int port, string secret, CancellationToken ct)
    {
        using var connection = new HttpConnection(port);
        await connection.Open(ct);
        for (var i = 0; i < 600; i++)
        {
            var answer = await connection.Ask(Order(1, $"first-{i}", secret), ct);
            if (answer.Status == 200) break;
            if (i == 599) throw new InvalidOperationException($"No order was taken: {Encoding.UTF8.GetString(answer.Body.Span)}");
            await Task.Delay(100, ct);
        }

        return await _load.ContentOf(BenchDatabase.Account(Product, 1), ct);
    }

    private static async Task Tell(int port, OrderContent content, CancellationToken ct)
    {
        using var connection = new HttpConnection(port);
        await connection.Open(ct);
        var answer = await connection.Ask(Post("/orders/content", null, JsonSerializer.Serialize(content, JsonSerializerOptions.Web)), ct);
        if (answer.Status != 200) throw new InvalidOperationException($"The baseline answered {answer.Status}.");
    }

    private static byte[] Order(int account, string client, string secret) => Post(
        $"/api/v2/accounts/{BenchDatabase.Account(Product, account).Value}/orders", secret, $$"""{"clientId":"{{client}}","type":"market","symbol":"{{Symbol}}","side":"buy","lots":"0.01"}""");

    private byte[] Plain(string path, int shard, int account, string client) => Post(path, null, JsonSerializer.Serialize(_load.Plain(shard, account, client), JsonSerializerOptions.Web));

    private static byte[] Post(string path, string? secret, string json) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: {Host}\r\n{(secret is null ? "" : $"Authorization: Bearer {secret}\r\n")}Content-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}"));

    private sealed class Caller(HttpConnection connection, byte[] mustHold, Func<int, string, byte[]> request) : IOrderCaller
    {
        public HttpConnection Connection => connection;

        public async Task Send(int account, string clientId, CancellationToken ct)
        {
            var answer = await connection.Ask(request(account, clientId), ct);
            if (answer.Status != 200 || answer.Body.Span.IndexOf(mustHold) < 0) throw new InvalidOperationException($"An order was answered {answer.Status}: {Encoding.UTF8.GetString(answer.Body.Span)}");
        }

        public void Dispose() => connection.Dispose();
    }
}
