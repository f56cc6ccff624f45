using Npgsql;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Jobs;

/// <summary>The trading days in use at a tenant: its own, and those frozen into the terms of accounts that still run.</summary>
internal static class DayStartTimes
{
    public static async Task<IReadOnlyList<TradingDay>> Of(NpgsqlDataSource app, Tenant tenant, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var set = new NpgsqlCommand("select set_config('app.tenant_id', $1, true)", connection) { Parameters = { new() { Value = tenant.Id.ToString() } } };
        await set.ExecuteNonQueryAsync(ct);
        await using var command = new NpgsqlCommand("""
            select distinct (terms -> 'tradingDay')::text from trading_accounts where tenant_id = app_tenant() and status in ('Opening', 'Active', 'Paused')
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var days = new HashSet<TradingDay> { tenant.TradingDay };
        while (await reader.ReadAsync(ct)) days.Add(System.Text.Json.JsonSerializer.Deserialize<TradingDay>(reader.GetString(0), Json.Options)!);
        return [.. days];
    }

    /// <summary>The next of them to start.</summary>
    public static DateTimeOffset Next(IEnumerable<TradingDay> days, DateTimeOffset now) => days.Min(day => TradingDayClock.NextStart(day, now));
}
