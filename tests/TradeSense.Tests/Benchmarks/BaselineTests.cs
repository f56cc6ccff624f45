using Npgsql;
using TradeSense.Baselines;
using TradeSense.Baselines.Orders;
using TradeSense.Engine.Values;
using TradeSense.Tests.Fixture;
using TradeSense.Tests.Trading.Desk;

namespace TradeSense.Tests.Benchmarks;

/// <summary>A baseline that writes less than the product would flatter nobody and help nobody.</summary>
public sealed class BaselineTests(Site site)
{
    private static readonly OrderContent Content = new("EURUSD", 0.01m, 1.1m, "PositionOpened", "{}");

    [Fact]
    public async Task Both_order_baselines_write_the_rows_the_product_writes()
    {
        await using var desk = await TestDesk.Open(site);
        AccountId[] accounts = [await desk.Account(), await desk.Account(), await desk.Account()];
        await desk.Price("EURUSD", "1.10000", "1.10010");
        var before = await Rows(desk, accounts[0]);
        await desk.Buy(accounts[0], "order");
        var product = (await Rows(desk, accounts[0])).Zip(before, (after, old) => after - old).ToList();
        await using var source = NpgsqlDataSource.Create(site.Database.Options.Engine);

        var raw = await Written(desk, accounts[1], async order =>
        {
            await using var writer = new RawOrderWriter(source, Content);
            await writer.Write(order);
        });
        var ordinary = await Written(desk, accounts[2], new EfOrderWriter(source, Content).Write);

        Assert.Equal([1, 1, 1], product);
        Assert.Equal(product, raw);
        Assert.Equal(product, ordinary);
    }

    [Fact]
    public async Task The_snapshot_statement_takes_every_account_of_its_engine()
    {
        await using var desk = await TestDesk.Open(site);
        var accounts = new List<AccountId> { await desk.Account(), await desk.Account() };
        await using var source = NpgsqlDataSource.Create(site.Database.Options.Engine);

        var taken = await SnapshotStatement.Run(source, desk.Shard, new DateOnly(2020, 1, 1), TestContext.Current.CancellationToken);

        Assert.Equal(accounts.Count, taken);
        Assert.Equal(2, (await desk.Rows("select account_id from day_snapshots where day = '2020-01-01' and account_id = any($1)", accounts.Select(account => account.Value).ToArray())).Count);
    }

    [Fact]
    public async Task The_bare_read_reads_every_position_and_account()
    {
        await using var desk = await TestDesk.Open(site);
        var account = await desk.Account();
        await desk.Price("EURUSD", "1.10000", "1.10010");
        await desk.Buy(account, "one");
        await desk.Buy(account, "two");
        await using var source = NpgsqlDataSource.Create(site.Database.Options.Engine);

        var (accounts, positions) = await BareRead.Run(source, desk.Shard, TestContext.Current.CancellationToken);

        Assert.Equal((1, 2), (accounts.Count, positions.Count));
    }

    private static async Task<List<long>> Written(TestDesk desk, AccountId account, Func<PlainOrder, Task> write)
    {
        var before = await Rows(desk, account);
        await write(new PlainOrder(desk.Firm.Tenant.Id, account.Value, 7, "order"));
        return [.. (await Rows(desk, account)).Zip(before, (after, old) => after - old)];
    }

    private static async Task<IReadOnlyList<long>> Rows(TestDesk desk, AccountId account)
    {
        var counts = new List<long>();
        foreach (var table in (string[])["journal_entries", "positions", "trading_commands"])
            counts.Add((long)(await desk.Rows($"select count(*) from {table} where account_id = $1", account.Value))[0][0]!);
        return counts;
    }
}
