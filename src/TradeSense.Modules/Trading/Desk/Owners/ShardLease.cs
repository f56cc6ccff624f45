using Npgsql;

namespace TradeSense.Modules.Trading.Desk.Owners;

/// <summary>The right to run a shard: a row with an epoch that grows with each owner. A lease not renewed by commits runs out.</summary>
/// <param name="spread">Over how many shards the taker believes the accounts to be spread.</param>
/// <param name="address">Where this process takes commands from others; empty when it takes none.</param>
internal sealed class ShardLease(NpgsqlDataSource source, TradingOptions options, int spread, string address)
{
    /// <summary>The shard is another's by now.</summary>
    public const string LostState = "TS001";

    /// <summary>The accounts are spread over another number of shards by now.</summary>
    public const string SpreadState = "TS002";

    /// <summary>The new epoch, or null while somebody holds the shard.</summary>
    public async Task<long?> Take(int shard, CancellationToken ct) => await Take(shard, null, ct) ?? (await DeadOwner(shard, ct) is { } dead ? await Take(shard, dead, ct) : null);

    /// <summary>Gives the shard back at a clean stop, so that the next process need not wait. Does nothing when it was lost already.</summary>
    public async Task Release(int shard, long epoch, CancellationToken ct)
    {
        await using var command = source.CreateCommand("update engine_shards set leased_until = '-infinity' where shard = $1 and epoch = $2");
        command.Parameters.Add(new() { Value = shard });
        command.Parameters.Add(new() { Value = epoch });
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<long?> Take(int shard, long? deadEpoch, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select take_shard($1, $2, $3, $4, $5, $6)");
        foreach (var value in (object[])[shard, ProcessMark.Own, address, options.Lease, spread]) command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = deadEpoch });
        return await command.ExecuteScalarAsync(ct) as long?;
    }

    private async Task<long?> DeadOwner(int shard, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select owner, epoch from engine_shards where shard = $1 and leased_until >= clock_timestamp()");
        command.Parameters.Add(new() { Value = shard });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) && ProcessMark.IsGone(reader.GetString(0)) ? reader.GetInt64(1) : null;
    }
}
