using Npgsql;

namespace TradeSense.Baselines.Orders;

/// <summary>What a breach leaves besides keys: as many journal entries an account and as long texts as the product's own.</summary>
public sealed record VerdictContent(int Entries, string Body, string Evidence, string Payload);

/// <summary>The barest way to write down that accounts broke a floor: every row the product writes, in one batch of set-based statements, without finding out who broke it.</summary>
public sealed class RawVerdictWriter(NpgsqlDataSource source, VerdictContent content)
{
    public async Task Write(Guid tenant, Guid user, IReadOnlyList<Guid> accounts, CancellationToken ct)
    {
        var (ids, now, hash) = (accounts.ToArray(), TimeProvider.System.GetUtcNow().UtcDateTime, new byte[32]);
        await using var batch = source.CreateBatch();
        Add(batch, """
            insert into journal_entries (tenant_id, account_id, sequence, at, kind, body, hash)
            select $1, account_id, sequence, $3, 'position_closed', $4, $5 from unnest($2) as account_id cross join generate_series(1, $6) as sequence
            """, tenant, ids, now, content.Body, hash, content.Entries);
        Add(batch, """
            update trading_accounts set status = 'Failed', balance = 94990, journal_length = $3, journal_head = $4, last_activity_at = $5, ended_at = $5, breach = '{}'
            where tenant_id = $1 and id = any($2)
            """, tenant, ids, content.Entries, hash, now);
        Add(batch, "delete from positions where tenant_id = $1 and account_id = any($2)", tenant, ids);
        Add(batch, """
            insert into trades (tenant_id, id, account_id, user_id, position, symbol, side, lots, open_price, opened_at, close_price, closed_at, profit, commission, swap, balance, trading_day, reason)
            select $1, gen_random_uuid(), account_id, $3, 1, 'EURUSD', 'Buy', 1, 1.1, $4, 1.09, $4, -5010, 0, 0, 94990, current_date, 'Breach' from unnest($2) as account_id
            """, tenant, ids, user, now);
        Add(batch, """
            insert into breaches (tenant_id, id, account_id, challenge_id, user_id, rule, effect, floor, equity, at, terms_hash, journal_sequence, evidence, build_version)
            select $1, gen_random_uuid(), account_id, $3, $3, 'DailyLoss', 'Fail', 95000, 94990, $4, repeat('0', 64), 1, $5, 'bare' from unnest($2) as account_id
            """, tenant, ids, user, now, content.Evidence);
        Add(batch, """
            insert into outbox_messages (tenant_id, id, kind, key, payload, created_at, due_at)
            select $1, gen_random_uuid(), 'bench.account_failed', account_id::text, $3::jsonb, $4, $4 from unnest($2) as account_id
            """, tenant, ids, content.Payload, now);
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
