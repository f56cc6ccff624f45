using Npgsql;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Web.Hosting;

namespace TradeSense.Benchmarks.Ground;

/// <summary>A migrated database with one brand, one trader and as many accounts as a benchmark wants; set up by plain SQL, since setting up is not what is measured.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    public static readonly Guid Tenant = new("00000000-0000-7000-8000-000000000001");
    public static readonly Guid Trader = new("00000000-0000-7000-8000-000000000002");
    private static int _count;

    private BenchDatabase(DatabaseOptions options) => (Options, Source) = (options, NpgsqlDataSource.Create(options.Owner));

    public DatabaseOptions Options { get; }

    /// <summary>As the administrator: for setting up and counting.</summary>
    public NpgsqlDataSource Source { get; }

    public static async Task<BenchDatabase> Create(PrivatePostgres server, CancellationToken ct)
    {
        var name = $"bench_{Interlocked.Increment(ref _count)}";
        await server.Scalar($"create database {name}", ct);
        var owner = new NpgsqlConnectionStringBuilder(server.Administrator) { Database = name, CommandTimeout = 900 }.ConnectionString;
        var options = DatabaseOptions.From(variable => variable switch { "TRADESENSE_DATABASE" => owner, "TRADESENSE_ROLE_PASSWORD" => "bench only", _ => null });
        await new Migrator(options, Layout.Folder("migrations"), TextWriter.Null).Run(ct);
        return new BenchDatabase(options);
    }

    public async Task<BenchDatabase> WithBrand(CancellationToken ct)
    {
        await Execute($"""
            insert into tenants (id, slug, name, kind, status, culture, currency, day_time_zone, day_starts_at, theme, created_at)
            values ('{Tenant}', 'bench', 'Bench', 'Brand', 'Active', 'en-US', 'USD', 'America/New_York', '17:00', 'midnight', now());
            insert into users (tenant_id, id, user_name, normalized_user_name, email, normalized_email, password_hash, country, role, status, created_at)
            values ('{Tenant}', '{Trader}', 'bench', 'BENCH', 'bench@example.com', 'BENCH@EXAMPLE.COM', '', 'DE', 'Trader', 'Active', now())
            """, ct);
        return this;
    }

    /// <summary>Open accounts of an engine apart, as its own commits would have left them, each with some positions in the symbols in turn.</summary>
    public async Task AddAccounts(int shard, int count, int positionsEach, DateTimeOffset at, CancellationToken ct)
    {
        var terms = System.Text.Json.JsonSerializer.Serialize(Terms, Json.Options);
        await using (var accounts = Source.CreateCommand("""
            insert into trading_accounts (tenant_id, id, user_id, challenge_id, number, phase_index, phase_name, status, currency, terms, created_at, shard_key, shard_apart, opening,
                opened_at, balance, trading_day, daily_anchor, daily_floor, peak, overall_floor, day_start_balance, last_activity_at, last_position_number)
            select $1, ('00000000-0000-7000-' || lpad(to_hex($3), 4, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid, $2, $2, $3 * 10000000::bigint + n, 0, 'Phase 1', 'Active', 'USD', $4::jsonb, $5, n % 16384, $3, n,
                $5, 100000, $6, 100000, 95000, 100000, 90000, 100000, $5, $8
            from generate_series(1, $7) as n
            """))
        {
            foreach (var value in (object[])[Tenant, Trader, shard, terms, at, TradingDayClock.LabelOf(TradingDay.Default, at), count, positionsEach]) accounts.Parameters.Add(new() { Value = value });
            await accounts.ExecuteNonQueryAsync(ct);
        }

        if (positionsEach > 0)
        {
            await using var positions = Source.CreateCommand("""
                insert into positions (tenant_id, account_id, number, symbol, side, lots, open_price, opened_at, commission_paid, swap_paid, order_id)
                select $1, ('00000000-0000-7000-' || lpad(to_hex($2), 4, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid, p, ($5)[1 + (n + p) % array_length($5, 1)], case when (n + p) % 2 = 0 then 'Buy' else 'Sell' end,
                    0.01 * (1 + (n * 7 + p) % 40), 1.1 + 0.00001 * ((n * 13 + p * 5) % 400 - 200), $3, 0.03 * (1 + (n * 7 + p) % 40), 0, gen_random_uuid()
                from generate_series(1, $4) as n cross join generate_series(1, $6) as p
                """);
            foreach (var value in (object[])[Tenant, shard, at, count, Symbols, positionsEach]) positions.Parameters.Add(new() { Value = value });
            await positions.ExecuteNonQueryAsync(ct);
        }

        await Execute($"""
            insert into engine_shards (shard, owner, epoch, leased_until, engine_now) values ({shard}, '', 0, '-infinity', '{at:O}');
            insert into shard_quotes (shard, symbol, at, bid, ask) select {shard}, symbol, '{at:O}', 1.09995, 1.10005 from unnest(array['{string.Join("','", Symbols)}']) as symbol
            """, ct);
        await Execute("vacuum (analyze) trading_accounts", ct);
        await Execute("vacuum (analyze) positions", ct);
    }

    /// <summary>Quoted in dollars at much the same price, so that one price suits them all.</summary>
    public static readonly string[] Symbols = ["EURUSD", "GBPUSD", "AUDUSD"];

    /// <summary>The ask of the first quote, at which a bought position has lost nothing yet but the spread.</summary>
    public const decimal OpenPrice = 1.10005m;

    public static AccountId Account(int shard, int n) => new(new Guid($"00000000-0000-7000-{shard:x4}-{n:x12}"));

    public static AccountTerms Terms { get; } = new(
        Currency.Usd, 100_000m, TradingDay.Default, new DailyLossRule(new Allowance(new Percent(5), null)), new OverallLossRule(new Allowance(new Percent(10), null)),
        new Percent(8), 5, null, 30, null, 100, new Percent(50), 0, 1m, true, true);

    public async Task Execute(string sql, CancellationToken ct)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<long> Count(string table, CancellationToken ct)
    {
        await using var command = Source.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
