using System.Text.Json;
using Npgsql;
using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Brings a shard back to exactly where its last commit left it: its time, its last quotes, its accounts with their positions.</summary>
/// <param name="spread">Over how many shards the accounts are spread.</param>
internal sealed class ShardReader(NpgsqlDataSource source, TradingOptions options, int spread)
{
    /// <summary>A shard's own accounts are those of its keys; one that runs apart has those that name it.</summary>
    private const string IsOurs = "coalesce(a.shard_apart, a.shard_key % $2) = $1";

    private readonly Dictionary<string, AccountTerms> _terms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _symbols = new(StringComparer.Ordinal);

    private const string AccountColumns = """
        a.tenant_id, a.id, a.user_id, a.challenge_id, a.terms, a.opening, a.journal_length, a.journal_head, a.status, a.opened_at, a.balance, a.trading_day,
        a.daily_anchor, a.daily_floor, a.peak, a.overall_floor, a.floor_lifted, a.day_start_balance, a.trading_days, a.traded_today, a.best_day_profit, a.paid_out,
        a.last_activity_at, a.last_position_number, a.breach, a.last_order_number, a.day_margin_high, a.trades_today,
        a.uncounted_profit
        """;

    public async Task<ShardState> Read(int shard, long epoch, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var now = await ReadNow(connection, shard, ct);
        var quotes = await ReadQuotes(connection, shard, ct);
        var positions = await ReadPositions(connection, shard, ct);
        var orders = await ReadOrders(connection, shard, ct);
        var (seats, accounts) = await ReadAccounts(connection, shard, positions, orders, ct);

        var engine = TradingEngine.Restore(new EngineOptions(InstrumentCatalog.All, options.Staleness, options.EnforceSessions) { StalenessOf = options.Silences }, now, accounts, quotes);
        if (await ReadNews(connection, ct) is { Count: > 0 } news) engine.Apply(new NewsInput(now, news), []);
        return new ShardState(shard, epoch, engine, seats) { Openings = seats.Count == 0 ? 0 : seats.Max(seat => seat.Opening ?? 0) };
    }

    /// <summary>Whether the shard's state, read now, would have one of these accounts.</summary>
    public async Task<bool> HasAny(int shard, IReadOnlyCollection<AccountId> ids, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"select exists (select from trading_accounts a where a.id = any($3) and {IsOurs} and a.opened_at is not null)");
        command.Parameters.Add(new() { Value = shard });
        command.Parameters.Add(new() { Value = spread });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(id => id.Value)] });
        return await command.ExecuteScalarAsync(ct) is true;
    }

    /// <summary>Seats of accounts that were ordered but that the engine has not opened yet.</summary>
    public async Task<IReadOnlyList<AccountSeat>> ReadSeats(IReadOnlyCollection<AccountId> ids, CancellationToken ct)
    {
        await using var command = source.CreateCommand($"select {AccountColumns} from trading_accounts a where a.id = any($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(id => id.Value)] });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var seats = new List<AccountSeat>();
        while (await reader.ReadAsync(ct)) seats.Add(ReadSeat(reader));
        return seats;
    }

    private static async Task<DateTimeOffset> ReadNow(NpgsqlConnection connection, int shard, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select engine_now from engine_shards where shard = $1", connection) { Parameters = { new() { Value = shard } } };
        return await command.ExecuteScalarAsync(ct) is DateTime at ? new DateTimeOffset(at) : default;
    }

    private static async Task<IReadOnlyList<Quote>> ReadQuotes(NpgsqlConnection connection, int shard, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select at, symbol, bid, ask from shard_quotes where shard = $1 order by symbol", connection) { Parameters = { new() { Value = shard } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var quotes = new List<Quote>();
        while (await reader.ReadAsync(ct))
            quotes.Add(new Quote(reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), new Price(reader.GetDecimal(2)), new Price(reader.GetDecimal(3))));
        return quotes;
    }

    private static async Task<IReadOnlyList<NewsEvent>> ReadNews(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select at, currency, title from news_events order by at, currency, title", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var news = new List<NewsEvent>();
        while (await reader.ReadAsync(ct)) news.Add(new NewsEvent(reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetString(2)));
        return news;
    }

    private async Task<ILookup<Guid, PositionState>> ReadPositions(NpgsqlConnection connection, int shard, CancellationToken ct)
    {
        await using var command = Ours(connection, shard, $"""
            select p.account_id, p.number, p.symbol, p.side, p.lots, p.open_price, p.opened_at, p.stop_loss, p.take_profit, p.commission_paid, p.swap_paid, p.order_id,
                p.guards, p.worst, p.best, p.margin_high
            from positions p join trading_accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id where {IsOurs}
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var positions = new List<(Guid Account, PositionState State)>();
        while (await reader.ReadAsync(ct))
            positions.Add((reader.GetGuid(0), new PositionState(
                new PositionNumber(reader.GetInt32(1)), Once(reader.GetString(2)), Enum.Parse<Side>(reader.GetString(3)), new Lots(reader.GetDecimal(4)),
                new Price(reader.GetDecimal(5)), reader.GetFieldValue<DateTimeOffset>(6), PriceOrNull(reader, 7), PriceOrNull(reader, 8), reader.GetDecimal(9),
                reader.GetDecimal(10), reader.GetString(11), GuardsOrNull(reader, 12), PriceOrNull(reader, 13), PriceOrNull(reader, 14), reader.GetDecimal(15))));
        return positions.ToLookup(position => position.Account, position => position.State);
    }

    private async Task<ILookup<Guid, OrderState>> ReadOrders(NpgsqlConnection connection, int shard, CancellationToken ct)
    {
        await using var command = Ours(connection, shard, $"""
            select o.account_id, o.number, o.group_number, o.bond, o.order_id, o.symbol, o.side, o.lots, o.kind, o.price, o.limit_price, o.is_triggered, o.stop_loss, o.take_profit,
                o.guards, o.expiry, o.until, o.expires_at, o.placed_at
            from pending_orders o join trading_accounts a on a.tenant_id = o.tenant_id and a.id = o.account_id where {IsOurs} order by o.account_id, o.number
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var orders = new List<(Guid Account, OrderState State)>();
        while (await reader.ReadAsync(ct))
            orders.Add((reader.GetGuid(0), new OrderState(
                new OrderNumber(reader.GetInt32(1)), new OrderNumber(reader.GetInt32(2)), Enum.Parse<OrderBond>(reader.GetString(3)), reader.GetString(4), reader.GetString(5),
                Enum.Parse<Side>(reader.GetString(6)), new Lots(reader.GetDecimal(7)), Enum.Parse<OrderKind>(reader.GetString(8)), new Price(reader.GetDecimal(9)),
                PriceOrNull(reader, 10), reader.GetBoolean(11), PriceOrNull(reader, 12), PriceOrNull(reader, 13), GuardsOrNull(reader, 14),
                new Expiry(Enum.Parse<ExpiryKind>(reader.GetString(15)), InstantOrNull(reader, 16)), InstantOrNull(reader, 17), reader.GetFieldValue<DateTimeOffset>(18))));
        return orders.ToLookup(order => order.Account, order => order.State);
    }

    private async Task<(IReadOnlyList<AccountSeat>, IReadOnlyList<AccountState>)> ReadAccounts(
        NpgsqlConnection connection, int shard, ILookup<Guid, PositionState> positions, ILookup<Guid, OrderState> orders, CancellationToken ct)
    {
        await using var command = Ours(connection, shard, $"select {AccountColumns} from trading_accounts a where {IsOurs} and a.opened_at is not null order by a.opening, a.id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (seats, accounts) = (new List<AccountSeat>(), new List<AccountState>());
        while (await reader.ReadAsync(ct))
        {
            var seat = ReadSeat(reader);
            // Sorted here, ten or so at a time: PostgreSQL would write a million rows to disk to sort them.
            foreach (var position in positions[seat.Id.Value].OrderBy(position => position.Number.Value))
            {
                seat.Written[position.Number] = position;
                seat.OpeningCommission[position.Number] = position.CommissionPaid;
            }

            foreach (var order in orders[seat.Id.Value]) seat.WrittenOrders[order.Number] = order;

            seats.Add(seat);
            accounts.Add(ReadState(reader, seat));
        }

        return (seats, accounts);
    }

    private AccountSeat ReadSeat(NpgsqlDataReader row) =>
        new(row.GetGuid(0), new AccountId(row.GetGuid(1)), row.GetGuid(2), row.GetGuid(3), TermsOf(row.GetString(4)))
        {
            Opening = row.IsDBNull(5) ? null : row.GetInt64(5), JournalLength = row.GetInt64(6), JournalHead = row.GetFieldValue<byte[]>(7),
        };

    /// <summary>A brand has few terms and many accounts: each text is read once and its terms are shared.</summary>
    private AccountTerms TermsOf(string text)
    {
        if (!_terms.TryGetValue(text, out var terms)) _terms.Add(text, terms = JsonSerializer.Deserialize<AccountTerms>(text, Json.Options)!);
        return terms;
    }

    private string Once(string symbol)
    {
        if (_symbols.TryGetValue(symbol, out var known)) return known;
        _symbols.Add(symbol);
        return symbol;
    }

    private static AccountState ReadState(NpgsqlDataReader row, AccountSeat seat) => new()
    {
        Id = seat.Id, Terms = seat.Terms, Status = Enum.Parse<AccountStatus>(row.GetString(8)), OpenedAt = row.GetFieldValue<DateTimeOffset>(9),
        Balance = row.GetDecimal(10), TradingDay = row.GetFieldValue<DateOnly>(11), DailyAnchor = row.GetDecimal(12), DailyFloor = DecimalOrNull(row, 13),
        Peak = row.GetDecimal(14), OverallFloor = DecimalOrNull(row, 15), FloorLifted = row.GetBoolean(16), DayStartBalance = row.GetDecimal(17),
        TradingDays = row.GetInt32(18), TradedToday = row.GetBoolean(19), BestDayProfit = row.GetDecimal(20), PaidOut = row.GetDecimal(21),
        LastActivityAt = row.GetFieldValue<DateTimeOffset>(22), LastPositionNumber = row.GetInt32(23),
        Breach = row.IsDBNull(24) ? null : JsonSerializer.Deserialize<Breach>(row.GetString(24), Json.Options), Positions = [.. seat.Written.Values],
        LastOrderNumber = row.GetInt32(25), DayMarginHigh = row.GetDecimal(26), Orders = [.. seat.WrittenOrders.Values],
        TradesToday = row.GetInt32(27), UncountedProfit = row.GetDecimal(28),
    };

    private NpgsqlCommand Ours(NpgsqlConnection connection, int shard, string sql) =>
        new(sql, connection) { Parameters = { new() { Value = shard }, new() { Value = spread } } };

    private static decimal? DecimalOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);

    private static DateTimeOffset? InstantOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static PositionGuards? GuardsOrNull(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : JsonSerializer.Deserialize<PositionGuards>(row.GetString(column), Json.Options);

    private static Price? PriceOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : new Price(row.GetDecimal(column));
}
