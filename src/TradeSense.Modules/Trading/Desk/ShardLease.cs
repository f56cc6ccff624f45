using Npgsql;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>The right to run a shard: a row with an epoch that grows with each owner. A lease not renewed by commits runs out.</summary>
internal sealed class ShardLease(NpgsqlDataSource source, TradingOptions options)
{
    public const string LostState = "TS001";

    private static readonly string Owner = $"{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>The new epoch, or null while somebody holds the shard.</summary>
    public async Task<long?> Take(int shard, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select take_shard($1, $2, $3)");
        command.Parameters.Add(new() { Value = shard });
        command.Parameters.Add(new() { Value = Owner });
        command.Parameters.Add(new() { Value = options.Lease });
        return await command.ExecuteScalarAsync(ct) as long?;
    }

    /// <summary>Gives the shard back at a clean stop, so that the next process need not wait. Does nothing when it was lost already.</summary>
    public async Task Release(int shard, long epoch, CancellationToken ct)
    {
        await using var command = source.CreateCommand("update engine_shards set leased_until = '-infinity' where shard = $1 and epoch = $2");
        command.Parameters.Add(new() { Value = shard });
        command.Parameters.Add(new() { Value = epoch });
        await command.ExecuteNonQueryAsync(ct);
    }
}
