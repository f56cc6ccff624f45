using Npgsql;

namespace TradeSense.Baselines;

/// <summary>The barest way to have positions and their accounts in memory again: both tables' columns read into arrays of plain values. No engine is built of them.</summary>
public static class BareRead
{
    public readonly record struct Position(Guid Account, int Number, string Symbol, string Side, decimal Lots, decimal OpenPrice, DateTime OpenedAt, decimal Commission, decimal Swap, string OrderId);

    public readonly record struct Account(Guid Tenant, Guid Id, string Terms, string Status, decimal Balance, decimal? DailyFloor, decimal? OverallFloor, decimal Peak);

    public static async Task<(IReadOnlyList<Account> Accounts, IReadOnlyList<Position> Positions)> Run(NpgsqlDataSource source, int shard, CancellationToken ct)
    {
        var (accounts, positions) = (new List<Account>(), new List<Position>());
        await using var connection = await source.OpenConnectionAsync(ct);
        await using (var command = new NpgsqlCommand("select tenant_id, id, terms, status, balance, daily_floor, overall_floor, peak from trading_accounts where shard_apart = $1", connection))
        {
            command.Parameters.Add(new() { Value = shard });
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
                accounts.Add(new(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetDecimal(4), row.IsDBNull(5) ? null : row.GetDecimal(5), row.IsDBNull(6) ? null : row.GetDecimal(6), row.GetDecimal(7)));
        }

        await using (var command = new NpgsqlCommand("""
            select p.account_id, p.number, p.symbol, p.side, p.lots, p.open_price, p.opened_at, p.commission_paid, p.swap_paid, p.order_id
            from positions p join trading_accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id where a.shard_apart = $1
            """, connection))
        {
            command.Parameters.Add(new() { Value = shard });
            await using var row = await command.ExecuteReaderAsync(ct);
            while (await row.ReadAsync(ct))
                positions.Add(new(row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetDecimal(4), row.GetDecimal(5), row.GetDateTime(6), row.GetDecimal(7), row.GetDecimal(8), row.GetString(9)));
        }

        return (accounts, positions);
    }
}
