using Npgsql;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

/// <summary>How two processes come to share the shards; the database decides it.</summary>
public sealed class ShardShareTests
{
    private const string Lease = "interval '1 minute'";

    [Fact]
    public async Task A_process_that_joins_gets_its_share_and_no_more()
    {
        await using var database = await TestDatabase.Create();
        await using var source = NpgsqlDataSource.Create(database.Options.Engine);
        async Task<object?> Value(string sql)
        {
            await using var command = source.CreateCommand(sql);
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is var value and not DBNull ? value : null;
        }

        Task<object?> Take(int shard, string owner) => Value($"select take_shard({shard}, '{owner}', '', {Lease}, 3, null)");
        await Value("insert into engine_layout (shards) values (3)");
        for (var shard = 0; shard < 3; shard++) Assert.Equal(1L, await Take(shard, "first"));
        Assert.Equal(false, await Value($"select hold_shard(2, 1, now(), {Lease})"));

        Assert.Equal(2, await Value("select wish_for_shard('second')"));
        Assert.Equal(true, await Value($"select hold_shard(2, 1, now(), {Lease})"));
        await Value("update engine_shards set leased_until = '-infinity' where shard = 2 and epoch = 1");

        Assert.Null(await Take(2, "first"));
        Assert.Equal(2L, await Take(2, "second"));
        Assert.Null(await Value("select wish_for_shard('second')"));
        Assert.Null(await Value("select wish_for_shard('first')"));
        Assert.Equal(false, await Value($"select hold_shard(2, 2, now(), {Lease})"));
    }
}
