using Npgsql;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>The set-based statements of a commit. All of them travel in one batch, which PostgreSQL runs as one transaction.</summary>
internal sealed class ShardRows
{
    public Columns<AccountRow> Accounts { get; } = new Columns<AccountRow>("""
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
        """)
        .With(row => row.Seat.TenantId).With(row => row.Seat.Id.Value).With(row => row.State.Status.ToString()).With(row => row.State.OpenedAt)
        .With(row => row.State.Balance).With(row => row.State.TradingDay).With(row => row.State.DailyAnchor).With(row => row.State.DailyFloor)
        .With(row => row.State.Peak).With(row => row.State.OverallFloor).With(row => row.State.FloorLifted).With(row => row.State.DayStartBalance)
        .With(row => row.State.TradingDays).With(row => row.State.TradedToday).With(row => row.State.BestDayProfit).With(row => row.State.PaidOut)
        .With(row => row.State.LastActivityAt).With(row => row.State.LastPositionNumber).With(row => row.Breach).With(row => row.EndedAt)
        .With(row => row.Seat.JournalLength).With(row => row.Seat.JournalHead).With(row => row.Seat.Opening).With(row => row.State.LastOrderNumber)
        .With(row => row.State.DayMarginHigh).With(row => row.State.TradesToday).With(row => row.State.UncountedProfit).With(row => row.State.UncountedToday)
        .With(row => row.State.ScaledAt is null ? null : (decimal?)row.State.Terms.InitialBalance).With(row => row.State.ScaledAt);

    public Columns<PositionRow> Positions { get; } = new Columns<PositionRow>("""
        insert into positions (tenant_id, account_id, number, symbol, side, lots, open_price, opened_at, stop_loss, take_profit, commission_paid, swap_paid, order_id, guards,
            worst, best, margin_high)
        select n.tenant_id, n.account_id, n.number, n.symbol, n.side, n.lots, n.open_price, n.opened_at, n.stop_loss, n.take_profit, n.commission_paid, n.swap_paid, n.order_id,
            n.guards::jsonb, n.worst, n.best, n.margin_high
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) as n (tenant_id, account_id, number, symbol, side, lots, open_price, opened_at,
            stop_loss, take_profit, commission_paid, swap_paid, order_id, guards, worst, best, margin_high)
        on conflict (tenant_id, account_id, number) do update set lots = excluded.lots, open_price = excluded.open_price, stop_loss = excluded.stop_loss,
            take_profit = excluded.take_profit, commission_paid = excluded.commission_paid, swap_paid = excluded.swap_paid, guards = excluded.guards, worst = excluded.worst,
            best = excluded.best, margin_high = excluded.margin_high
        """)
        .With(row => row.Seat.TenantId).With(row => row.Seat.Id.Value).With(row => row.Position.Number.Value).With(row => row.Position.Symbol)
        .With(row => row.Position.Side.ToString()).With(row => row.Position.Lots.Value).With(row => row.Position.OpenPrice.Value).With(row => row.Position.OpenedAt)
        .With(row => row.Position.StopLoss?.Value).With(row => row.Position.TakeProfit?.Value).With(row => row.Position.CommissionPaid)
        .With(row => row.Position.SwapPaid).With(row => row.Position.OrderId).With(row => row.Guards).With(row => row.Position.Worst?.Value)
        .With(row => row.Position.Best?.Value).With(row => row.Position.MarginHigh);

    public Columns<OrderRow> Orders { get; } = new Columns<OrderRow>("""
        insert into pending_orders (tenant_id, account_id, number, group_number, bond, order_id, symbol, side, lots, kind, price, limit_price, is_triggered, stop_loss, take_profit,
            guards, expiry, until, expires_at, placed_at)
        select n.tenant_id, n.account_id, n.number, n.group_number, n.bond, n.order_id, n.symbol, n.side, n.lots, n.kind, n.price, n.limit_price, n.is_triggered, n.stop_loss,
            n.take_profit, n.guards::jsonb, n.expiry, n.until, n.expires_at, n.placed_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) as n (tenant_id, account_id, number, group_number, bond, order_id,
            symbol, side, lots, kind, price, limit_price, is_triggered, stop_loss, take_profit, guards, expiry, until, expires_at, placed_at)
        on conflict (tenant_id, account_id, number) do update set lots = excluded.lots, price = excluded.price, limit_price = excluded.limit_price,
            is_triggered = excluded.is_triggered, stop_loss = excluded.stop_loss, take_profit = excluded.take_profit, expiry = excluded.expiry, until = excluded.until,
            expires_at = excluded.expires_at
        """)
        .With(row => row.Seat.TenantId).With(row => row.Seat.Id.Value).With(row => row.Order.Number.Value).With(row => row.Order.Group.Value)
        .With(row => row.Order.Bond.ToString()).With(row => row.Order.OrderId).With(row => row.Order.Symbol).With(row => row.Order.Side.ToString())
        .With(row => row.Order.Lots.Value).With(row => row.Order.Kind.ToString()).With(row => row.Order.Price.Value).With(row => row.Order.LimitPrice?.Value)
        .With(row => row.Order.IsTriggered).With(row => row.Order.StopLoss?.Value).With(row => row.Order.TakeProfit?.Value).With(row => row.Guards)
        .With(row => row.Order.Expiry.Kind.ToString()).With(row => row.Order.Expiry.Until).With(row => row.Order.ExpiresAt).With(row => row.Order.PlacedAt);

    public Columns<GoneRow> GoneOrders { get; } = new Columns<GoneRow>("""
        delete from pending_orders p using unnest($1, $2, $3) as n (tenant_id, account_id, number)
        where p.tenant_id = n.tenant_id and p.account_id = n.account_id and p.number = n.number
        """)
        .With(row => row.Seat.TenantId).With(row => row.Seat.Id.Value).With(row => row.Number);

    public Columns<GoneRow> ClosedPositions { get; } = new Columns<GoneRow>("""
        delete from positions p using unnest($1, $2, $3) as n (tenant_id, account_id, number)
        where p.tenant_id = n.tenant_id and p.account_id = n.account_id and p.number = n.number
        """)
        .With(row => row.Seat.TenantId).With(row => row.Seat.Id.Value).With(row => row.Number);

    public Columns<JournalRow> Journal { get; } = new Columns<JournalRow>(
        "insert into journal_entries (tenant_id, account_id, sequence, at, kind, body, hash) select * from unnest($1, $2, $3, $4, $5, $6, $7)")
        .With(row => row.Seat.TenantId).With(row => row.Seat.Id.Value).With(row => row.Seat.JournalLength).With(row => row.At).With(row => row.Kind)
        .With(row => row.Body).With(row => row.Seat.JournalHead);

    public Columns<CommandRow> Commands { get; } = new Columns<CommandRow>(
        "insert into trading_commands (tenant_id, account_id, client_id, content_hash, at, refused, first_entry, entries) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)")
        .With(row => row.Seat.TenantId).With(row => row.Seat.Id.Value).With(row => row.ClientId).With(row => row.ContentHash).With(row => row.At)
        .With(row => row.Refused).With(row => row.FirstEntry).With(row => row.Entries);

    public Columns<TradeRow> Trades { get; } = new Columns<TradeRow>("""
        insert into trades (tenant_id, id, account_id, user_id, position, symbol, side, lots, open_price, opened_at, close_price, closed_at, profit, commission, swap, balance,
            trading_day, reason, worst, best, worst_profit, best_profit, margin_high, uncounted)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
        """)
        .With(row => row.Seat.TenantId).With(row => row.Id).With(row => row.Seat.Id.Value).With(row => row.Seat.UserId).With(row => row.Closed.Position.Value)
        .With(row => row.Closed.Symbol).With(row => row.Closed.Side.ToString()).With(row => row.Closed.Lots.Value).With(row => row.Closed.OpenPrice.Value)
        .With(row => row.Closed.OpenedAt).With(row => row.Closed.Price.Value).With(row => row.Closed.At).With(row => row.Closed.Profit).With(row => row.Commission)
        .With(row => row.Closed.Swap).With(row => row.Closed.Balance).With(row => row.TradingDay).With(row => row.Closed.Reason.ToString())
        .With(row => row.Closed.Worst?.Value).With(row => row.Closed.Best?.Value).With(row => row.Closed.WorstProfit).With(row => row.Closed.BestProfit)
        .With(row => row.Closed.MarginHigh).With(row => row.Closed.Uncounted);

    public Columns<DayRow> Days { get; } = new Columns<DayRow>("""
        insert into day_snapshots (tenant_id, account_id, day, at, previous_day, balance, equity, previous_profit, traded_previous_day, anchor, daily_floor, peak, overall_floor,
            previous_margin_high)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """)
        .With(row => row.Seat.TenantId).With(row => row.Seat.Id.Value).With(row => row.Day.TradingDay).With(row => row.Day.At).With(row => row.Day.PreviousDay)
        .With(row => row.Day.Balance).With(row => row.Day.Equity).With(row => row.Day.DayProfit).With(row => row.Day.TradedPreviousDay).With(row => row.Day.Anchor)
        .With(row => row.Day.DailyFloor).With(row => row.Day.Peak).With(row => row.Day.OverallFloor).With(row => row.Day.MarginHigh);

    public Columns<BreachRow> Breaches { get; } = new Columns<BreachRow>("""
        insert into breaches (tenant_id, id, account_id, challenge_id, user_id, rule, effect, floor, equity, at, terms_hash, journal_sequence, evidence, build_version)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """)
        .With(row => row.Seat.TenantId).With(row => row.Id).With(row => row.Seat.Id.Value).With(row => row.Seat.ChallengeId).With(row => row.Seat.UserId)
        .With(row => row.Breach.Rule.ToString()).With(row => row.Effect.ToString()).With(row => row.Breach.Floor).With(row => row.Breach.Equity)
        .With(row => row.Breach.At).With(row => row.TermsHash).With(row => row.Seat.JournalLength).With(row => row.Evidence).With(row => EngineBuild.Version);

    public Columns<MessageRow> Messages { get; } = new Columns<MessageRow>("""
        insert into outbox_messages (tenant_id, id, kind, key, payload, created_at, due_at)
        select n.tenant_id, n.id, n.kind, n.key, n.payload::jsonb, n.at, n.at from unnest($1, $2, $3, $4, $5, $6) as n (tenant_id, id, kind, key, payload, at)
        """)
        .With(row => row.TenantId).With(row => row.Id).With(row => row.Kind).With(row => row.Key).With(row => row.Payload).With(row => row.At);

    public Columns<SampleRow> Samples { get; } = new Columns<SampleRow>("""
        insert into equity_samples (tenant_id, account_id, at, balance, equity, daily_floor, overall_floor) select * from unnest($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing
        """)
        .With(row => row.Seat.TenantId).With(row => row.Seat.Id.Value).With(row => row.At).With(row => row.Point.Balance).With(row => row.Point.Equity)
        .With(row => row.Point.DailyFloor).With(row => row.Point.OverallFloor);

    public Columns<QuoteRow> Quotes { get; } = new Columns<QuoteRow>("""
        insert into shard_quotes (shard, symbol, at, bid, ask) select * from unnest($1, $2, $3, $4, $5)
        on conflict (shard, symbol) do update set at = excluded.at, bid = excluded.bid, ask = excluded.ask
        """)
        .With(row => row.Shard).With(row => row.Quote.Symbol).With(row => row.Quote.At).With(row => row.Quote.Bid.Value).With(row => row.Quote.Ask.Value);

    /// <summary>In an order that suits the foreign keys.</summary>
    private Columns[] All => [Journal, Accounts, Positions, ClosedPositions, Orders, GoneOrders, Trades, Commands, Days, Breaches, Messages, Samples, Quotes];

    public int Count => All.Sum(rows => rows.Count);

    /// <summary>The statements that have rows.</summary>
    public IEnumerable<NpgsqlBatchCommand> Statements() => All.Where(rows => rows.Count > 0).Select(rows => rows.Statement());
}

// What each row is made of. Values of the seat are taken when the row is added.

internal readonly record struct AccountRow(AccountSeat Seat, AccountState State, string? Breach, DateTimeOffset? EndedAt);

internal readonly record struct PositionRow(AccountSeat Seat, PositionState Position, string? Guards);

internal readonly record struct OrderRow(AccountSeat Seat, OrderState Order, string? Guards);

internal readonly record struct GoneRow(AccountSeat Seat, int Number);

internal readonly record struct JournalRow(AccountSeat Seat, DateTimeOffset At, string Kind, string Body);

internal readonly record struct CommandRow(AccountSeat Seat, string ClientId, byte[] ContentHash, DateTimeOffset At, string? Refused, long FirstEntry, int Entries);

internal readonly record struct TradeRow(AccountSeat Seat, Guid Id, PositionClosed Closed, decimal Commission, DateOnly TradingDay);

internal readonly record struct DayRow(AccountSeat Seat, DayStarted Day);

internal readonly record struct BreachRow(AccountSeat Seat, Guid Id, Breach Breach, BreachEffect Effect, string TermsHash, string Evidence);

internal readonly record struct MessageRow(Guid TenantId, Guid Id, string Kind, string Key, string Payload, DateTimeOffset At);

internal readonly record struct SampleRow(AccountSeat Seat, DateTimeOffset At, EquityPoint Point);

internal readonly record struct QuoteRow(int Shard, Quote Quote);
