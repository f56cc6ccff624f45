using System.Text.Json;
using Npgsql;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Faults;

/// <summary>A brand with one trader and some accounts, ordered but not yet opened.</summary>
internal static class Firm
{
    /// <summary>Without loss rules or a target: the accounts live as long as the run.</summary>
    public static AccountTerms Terms { get; } = new(
        Currency.Usd, InitialBalance: 10_000_000m, TradingDay.Default, DailyLoss: null, OverallLoss: null, ProfitTarget: null, MinimumTradingDays: 0, MaximumDays: null,
        InactivityDays: 30, Consistency: null, Leverage: 100, StopOut: new Percent(50), SpreadMarkupPoints: 0, CommissionFactor: 1m, SwapFree: false, WeekendHolding: true);

    public static async Task<IReadOnlyList<Guid>> Create(Cluster cluster, int accounts)
    {
        var (tenant, user) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await cluster.Execute($"""
            insert into tenants (id, slug, name, kind, status, culture, currency, day_time_zone, day_starts_at, theme, created_at)
            values ('{tenant}', 'faults', 'Faults', 'Brand', 'Active', 'en-GB', 'USD', 'America/New_York', '17:00', 'midnight', now());
            insert into users (tenant_id, id, user_name, normalized_user_name, email, normalized_email, password_hash, country, role, status, created_at)
            values ('{tenant}', '{user}', 'fay', 'FAY', 'fay@faults.test', 'FAY@FAULTS.TEST', 'none', 'CZ', 'Trader', 'Active', now());
            """);

        var ids = Enumerable.Range(0, accounts).Select(_ => Guid.CreateVersion7()).ToList();
        await using var connection = new NpgsqlConnection(cluster.Administrator);
        await connection.OpenAsync();
        for (var i = 0; i < ids.Count; i++)
        {
            await using var command = new NpgsqlCommand("""
                insert into trading_accounts (tenant_id, id, user_id, challenge_id, number, phase_index, phase_name, status, currency, terms, created_at, shard_key, balance)
                values ($1, $2, $3, $2, $4, 0, 'Phase 1', 'Opening', 'USD', $5::jsonb, now(), $6, $7)
                """, connection);
            foreach (var value in (object[])[tenant, ids[i], user, 100_001L + i, JsonSerializer.Serialize(Terms, Json.Options), TradingAccount.ShardKeyOf(ids[i]), Terms.InitialBalance])
                command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync();
        }

        return ids;
    }
}
