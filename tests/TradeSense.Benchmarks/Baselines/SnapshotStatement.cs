using Npgsql;

namespace TradeSense.Baselines;

/// <summary>The barest way to take a day's snapshot: one statement that copies every account of an engine from its row. No engine, no journal, no new floors in the accounts.</summary>
public static class SnapshotStatement
{
    public static async Task<int> Run(NpgsqlDataSource source, int shard, DateOnly day, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            insert into day_snapshots (tenant_id, account_id, day, at, previous_day, balance, equity, previous_profit, traded_previous_day, anchor, daily_floor, peak, overall_floor)
            select tenant_id, id, $2, now(), $2 - 1, balance, balance, balance - day_start_balance, traded_today, balance, balance - 5000, peak, overall_floor
            from trading_accounts where shard_apart = $1
            """);
        command.CommandTimeout = 900;
        command.Parameters.Add(new() { Value = shard });
        command.Parameters.Add(new() { Value = day });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
