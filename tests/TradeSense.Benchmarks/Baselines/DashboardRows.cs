using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TradeSense.Baselines;

/// <summary>The session and all rows of an account's page in one round trip.</summary>
public sealed class DashboardRows(NpgsqlDataSource source)
{
    private const string Mine = "account_id = $1";

    public sealed record Account(long Number, string Status, decimal Balance, IReadOnlyList<List<string[]>> Tables, string Curve);

    public async Task<Account?> Read(Guid tenant, Guid id, string session, CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        Add(batch, "select set_config('app.tenant_id', $1, true)", tenant.ToString());
        Add(batch, "select u.id from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id where s.tenant_id = $1 and s.token_hash = $2 and s.ended_at is null",
            tenant, SHA256.HashData(Convert.FromBase64String(session)));
        Add(batch, "select user_id, number, status, balance from trading_accounts where id = $1", id);
        Add(batch, $"select symbol, side, lots, open_price, opened_at, close_price, closed_at, profit, commission, swap from trades where {Mine} order by closed_at desc, id desc limit 25", id);
        Add(batch, $"select trading_day, count(*), sum(profit - commission + swap), sum(lots) from trades where {Mine} group by trading_day order by trading_day", id);
        Add(batch, $"select day, at, balance, anchor, daily_floor, overall_floor from day_snapshots where {Mine} order by day", id);
        Add(batch, $"select number, symbol, side, lots, open_price, opened_at from positions where {Mine} order by number", id);
        Add(batch, "select p.phase_index, p.outcome, p.opened_at from challenge_phases p join trading_accounts a on a.tenant_id = p.tenant_id and a.challenge_id = p.challenge_id where a.id = $1 order by 1", id);
        Add(batch, $"select at, balance, equity, daily_floor, overall_floor from equity_samples where {Mine} order by at", id);

        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        var user = reader.GetGuid(0);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct) || reader.GetGuid(0) != user) return null;
        var (number, status, balance) = (reader.GetInt64(1), reader.GetString(2), reader.GetDecimal(3));
        var tables = new List<List<string[]>>();
        for (var table = 0; table < 5; table++) tables.Add(await Cells(reader, ct));
        return new Account(number, status, balance, tables, await Points(reader, ct));
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }

    private static async Task<List<string[]>> Cells(NpgsqlDataReader reader, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(ct))
        {
            var row = new string[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? "";
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>At most the 800 points the product's chart shows.</summary>
    private static async Task<string> Points(NpgsqlDataReader reader, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        var points = new List<(DateTime At, decimal Balance, decimal Equity, decimal DailyFloor, decimal OverallFloor)>();
        while (await reader.ReadAsync(ct))
            points.Add((reader.GetDateTime(0), reader.GetDecimal(1), reader.GetDecimal(2), reader.IsDBNull(3) ? 0 : reader.GetDecimal(3), reader.IsDBNull(4) ? 0 : reader.GetDecimal(4)));
        var (text, step) = (new StringBuilder("["), Math.Max(1, points.Count / 800));
        for (var i = 0; i < points.Count; i += step)
            text.Append(CultureInfo.InvariantCulture, $"[{points[i].At.Ticks},{points[i].Balance},{points[i].Equity},{points[i].DailyFloor},{points[i].OverallFloor}],");
        return text.Append("[]]").ToString();
    }
}
