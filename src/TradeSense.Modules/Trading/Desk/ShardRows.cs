using Npgsql;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>The set-based statements of a commit. All of them travel in one batch, which PostgreSQL runs as one transaction.</summary>
internal sealed class ShardRows
{
    public Columns Accounts { get; } = new("""
        update trading_accounts a set status = n.status, opened_at = n.opened_at, balance = n.balance, trading_day = n.trading_day, daily_anchor = n.daily_anchor,
            daily_floor = n.daily_floor, peak = n.peak, overall_floor = n.overall_floor, floor_lifted = n.floor_lifted, day_start_balance = n.day_start_balance,
            trading_days = n.trading_days, traded_today = n.traded_today, best_day_profit = n.best_day_profit, paid_out = n.paid_out,
            last_activity_at = n.last_activity_at, last_position_number = n.last_position_number, breach = n.breach::jsonb,
            ended_at = case when n.ended_at is null then null else coalesce(a.ended_at, n.ended_at) end,
            journal_length = n.journal_length, journal_head = n.journal_head, opening = n.opening, last_order_number = n.last_order_number, day_margin_high = n.day_margin_high,
            trades_today = n.trades_today, uncounted_profit = n.uncounted_profit, uncounted_today = n.uncounted_today,
            scaled_size = n.scaled_size, scaled_at = n.scaled_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30) as n (tenant_id, id, status, opened_at, balance,
            trading_day, daily_anchor, daily_floor, peak, overall_floor, floor_lifted, day_start_balance, trading_days, traded_today, best_day_profit, paid_out,
            last_activity_at, last_position_number, breach, ended_at, journal_length, journal_head, opening, last_order_number, day_margin_high, trades_today,
            uncounted_profit, uncounted_today, scaled_size, scaled_at)
        where a.tenant_id = n.tenant_id and a.id = n.id
        """,
        new Column<Guid>(), new Column<Guid>(), new Column<string>(), new Column<DateTimeOffset>(), new Column<decimal>(), new Column<DateOnly>(), new Column<decimal>(),
        new Column<decimal?>(), new Column<decimal>(), new Column<decimal?>(), new Column<bool>(), new Column<decimal>(), new Column<int>(), new Column<bool>(),
        new Column<decimal>(), new Column<decimal>(), new Column<DateTimeOffset>(), new Column<int>(), new Column<string?>(), new Column<DateTimeOffset?>(),
        new Column<long>(), new Column<byte[]>(), new Column<long?>(), new Column<int>(), new Column<decimal>(), new Column<int>(), new Column<decimal>(), new Column<decimal>(),
        new Column<decimal?>(), new Column<DateTimeOffset?>());

    public Columns Positions { get; } = new("""
        insert into positions (tenant_id, account_id, number, symbol, side, lots, open_price, opened_at, stop_loss, take_profit, commission_paid, swap_paid, order_id, guards,
            worst, best, margin_high)
        select n.tenant_id, n.account_id, n.number, n.symbol, n.side, n.lots, n.open_price, n.opened_at, n.stop_loss, n.take_profit, n.commission_paid, n.swap_paid, n.order_id,
            n.guards::jsonb, n.worst, n.best, n.margin_high
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) as n (tenant_id, account_id, number, symbol, side, lots, open_price, opened_at,
            stop_loss, take_profit, commission_paid, swap_paid, order_id, guards, worst, best, margin_high)
        on conflict (tenant_id, account_id, number) do update set lots = excluded.lots, open_price = excluded.open_price, stop_loss = excluded.stop_loss,
            take_profit = excluded.take_profit, commission_paid = excluded.commission_paid, swap_paid = excluded.swap_paid, guards = excluded.guards, worst = excluded.worst,
            best = excluded.best, margin_high = excluded.margin_high
        """,
        new Column<Guid>(), new Column<Guid>(), new Column<int>(), new Column<string>(), new Column<string>(), new Column<decimal>(), new Column<decimal>(),
        new Column<DateTimeOffset>(), new Column<decimal?>(), new Column<decimal?>(), new Column<decimal>(), new Column<decimal>(), new Column<string>(), new Column<string?>(),
        new Column<decimal?>(), new Column<decimal?>(), new Column<decimal>());

    public Columns Orders { get; } = new("""
        insert into pending_orders (tenant_id, account_id, number, group_number, bond, order_id, symbol, side, lots, kind, price, limit_price, is_triggered, stop_loss, take_profit,
            guards, expiry, until, expires_at, placed_at)
        select n.tenant_id, n.account_id, n.number, n.group_number, n.bond, n.order_id, n.symbol, n.side, n.lots, n.kind, n.price, n.limit_price, n.is_triggered, n.stop_loss,
            n.take_profit, n.guards::jsonb, n.expiry, n.until, n.expires_at, n.placed_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) as n (tenant_id, account_id, number, group_number, bond, order_id,
            symbol, side, lots, kind, price, limit_price, is_triggered, stop_loss, take_profit, guards, expiry, until, expires_at, placed_at)
        on conflict (tenant_id, account_id, number) do update set lots = excluded.lots, price = excluded.price, limit_price = excluded.limit_price,
            is_triggered = excluded.is_triggered, stop_loss = excluded.stop_loss, take_profit = excluded.take_profit, expiry = excluded.expiry, until = excluded.until,
            expires_at = excluded.expires_at
        """,
        new Column<Guid>(), new Column<Guid>(), new Column<int>(), new Column<int>(), new Column<string>(), new Column<string>(), new Column<string>(), new Column<string>(),
        new Column<decimal>(), new Column<string>(), new Column<decimal>(), new Column<decimal?>(), new Column<bool>(), new Column<decimal?>(), new Column<decimal?>(),
        new Column<string?>(), new Column<string>(), new Column<DateTimeOffset?>(), new Column<DateTimeOffset?>(), new Column<DateTimeOffset>());

    public Columns GoneOrders { get; } = new("""
        delete from pending_orders p using unnest($1, $2, $3) as n (tenant_id, account_id, number)
        where p.tenant_id = n.tenant_id and p.account_id = n.account_id and p.number = n.number
        """,
        new Column<Guid>(), new Column<Guid>(), new Column<int>());

    public Columns ClosedPositions { get; } = new("""
        delete from positions p using unnest($1, $2, $3) as n (tenant_id, account_id, number)
        where p.tenant_id = n.tenant_id and p.account_id = n.account_id and p.number = n.number
        """,
        new Column<Guid>(), new Column<Guid>(), new Column<int>());

    public Columns Journal { get; } = new(
        "insert into journal_entries (tenant_id, account_id, sequence, at, kind, body, hash) select * from unnest($1, $2, $3, $4, $5, $6, $7)",
        new Column<Guid>(), new Column<Guid>(), new Column<long>(), new Column<DateTimeOffset>(), new Column<string>(), new Column<string>(), new Column<byte[]>());

    public Columns Commands { get; } = new(
        "insert into trading_commands (tenant_id, account_id, client_id, content_hash, at, refused, first_entry, entries) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)",
        new Column<Guid>(), new Column<Guid>(), new Column<string>(), new Column<byte[]>(), new Column<DateTimeOffset>(), new Column<string?>(), new Column<long>(), new Column<int>());

    public Columns Trades { get; } = new("""
        insert into trades (tenant_id, id, account_id, user_id, position, symbol, side, lots, open_price, opened_at, close_price, closed_at, profit, commission, swap, balance,
            trading_day, reason, worst, best, worst_profit, best_profit, margin_high, uncounted)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
        """,
        new Column<Guid>(), new Column<Guid>(), new Column<Guid>(), new Column<Guid>(), new Column<int>(), new Column<string>(), new Column<string>(), new Column<decimal>(),
        new Column<decimal>(), new Column<DateTimeOffset>(), new Column<decimal>(), new Column<DateTimeOffset>(), new Column<decimal>(), new Column<decimal>(),
        new Column<decimal>(), new Column<decimal>(), new Column<DateOnly>(), new Column<string>(), new Column<decimal?>(), new Column<decimal?>(), new Column<decimal>(),
        new Column<decimal>(), new Column<decimal>(), new Column<decimal>());

    public Columns Days { get; } = new("""
        insert into day_snapshots (tenant_id, account_id, day, at, previous_day, balance, equity, previous_profit, traded_previous_day, anchor, daily_floor, peak, overall_floor,
            previous_margin_high)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """,
        new Column<Guid>(), new Column<Guid>(), new Column<DateOnly>(), new Column<DateTimeOffset>(), new Column<DateOnly>(), new Column<decimal>(), new Column<decimal>(),
        new Column<decimal>(), new Column<bool>(), new Column<decimal>(), new Column<decimal?>(), new Column<decimal>(), new Column<decimal?>(), new Column<decimal>());

    public Columns Breaches { get; } = new("""
        insert into breaches (tenant_id, id, account_id, challenge_id, user_id, rule, effect, floor, equity, at, terms_hash, journal_sequence, evidence, build_version)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """,
        new Column<Guid>(), new Column<Guid>(), new Column<Guid>(), new Column<Guid>(), new Column<Guid>(), new Column<string>(), new Column<string>(), new Column<decimal>(),
        new Column<decimal>(), new Column<DateTimeOffset>(), new Column<string>(), new Column<long>(), new Column<string>(), new Column<string>());

    public Columns Messages { get; } = new("""
        insert into outbox_messages (tenant_id, id, kind, key, payload, created_at, due_at)
        select n.tenant_id, n.id, n.kind, n.key, n.payload::jsonb, n.at, n.at from unnest($1, $2, $3, $4, $5, $6) as n (tenant_id, id, kind, key, payload, at)
        """,
        new Column<Guid>(), new Column<Guid>(), new Column<string>(), new Column<string>(), new Column<string>(), new Column<DateTimeOffset>());

    public Columns Samples { get; } = new("""
        insert into equity_samples (tenant_id, account_id, at, balance, equity, daily_floor, overall_floor) select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing
        """,
        new Column<Guid>(), new Column<Guid>(), new Column<DateTimeOffset>(), new Column<decimal>(), new Column<decimal>(), new Column<decimal?>(), new Column<decimal?>());

    public Columns Quotes { get; } = new("""
        insert into shard_quotes (shard, symbol, at, bid, ask) select * from unnest($1, $2, $3, $4, $5)
        on conflict (shard, symbol) do update set at = excluded.at, bid = excluded.bid, ask = excluded.ask
        """,
        new Column<int>(), new Column<string>(), new Column<DateTimeOffset>(), new Column<decimal>(), new Column<decimal>());

    /// <summary>In an order that suits the foreign keys.</summary>
    private Columns[] All => [Journal, Accounts, Positions, ClosedPositions, Orders, GoneOrders, Trades, Commands, Days, Breaches, Messages, Samples, Quotes];

    public int Count => All.Sum(rows => rows.Count);

    /// <summary>The statements that have rows.</summary>
    public IEnumerable<NpgsqlBatchCommand> Statements() => All.Where(rows => rows.Count > 0).Select(rows => rows.Statement());
}
