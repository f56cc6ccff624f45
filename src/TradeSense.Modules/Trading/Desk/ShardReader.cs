using System.Collections.Concurrent;
using System.Runtime.InteropServices;
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
using TradeSense.Modules.Trading.Quotes.Archive;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Brings a shard back to exactly where its last commit left it: its time, its last quotes, its accounts with their positions.</summary>
/// <param name="spread">Over how many shards the accounts are spread.</param>
internal sealed class ShardReader(NpgsqlDataSource source, TradingOptions options, int spread)
{
    /// <summary>A shard's own accounts are those of its keys; one that runs apart has those that name it.</summary>
    private const string IsOurs = "coalesce(a.shard_apart, a.shard_key % $2) = $1";

    /// <summary>Part $3 of $4 of them.</summary>
    private const string IsOurPart = $"{IsOurs} and (a.shard_key / $2) % $4 = $3";

    /// <summary>From about this many positions on it pays to read on several connections.</summary>
    private const long Many = 50_000;

    private readonly ConcurrentDictionary<string, AccountTerms> _terms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _words = new(StringComparer.Ordinal);

    private const string AccountColumns = """
        a.tenant_id, a.id, a.user_id, a.challenge_id, a.terms, a.opening, a.journal_length, a.journal_head, a.status, a.opened_at, a.balance, a.trading_day,
        a.daily_anchor, a.daily_floor, a.peak, a.overall_floor, a.floor_lifted, a.day_start_balance, a.trading_days, a.traded_today, a.best_day_profit, a.paid_out,
        a.last_activity_at, a.last_position_number, a.breach, a.last_order_number, a.day_margin_high, a.trades_today,
        a.uncounted_profit, a.uncounted_today, a.scaled_size, a.scaled_at
        """;

    public async Task<ShardState> Read(int shard, long epoch, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var now = await ReadNow(connection, shard, ct);
        var quotes = await ReadQuotes(connection, shard, ct);
        var restore = new EngineRestore(new EngineOptions(InstrumentCatalog.All, options.Staleness, options.EnforceSessions) { StalenessOf = options.Silences }, now, quotes);
        var read = await ReadAccounts(connection, restore, shard, ct);
        foreach (var (_, account, positions) in read) restore.Add(account, positions);
        var (seats, engine) = (read.ConvertAll(one => one.Seat), restore.Engine);
        if (await ReadNews(connection, ct) is { Count: > 0 } news) engine.Apply(new NewsInput(now, news), []);
        return new ShardState(shard, epoch, engine, seats) { Openings = seats.Count == 0 ? 0 : seats.Max(seat => seat.Opening ?? 0) };
    }

    /// <summary>
    /// What the archive has heard since a state's last commit, oldest first: a process died, or nobody held the shard for a while. Quotes at or before a symbol's last one in the
    /// state are known; those older than the symbol may be silent decide nothing any more, as if the feed had been silent.
    /// </summary>
    public async Task<IReadOnlyList<Quote>> Missed(ShardState state, DateTimeOffset now, CancellationToken ct)
    {
        var isAsked = options.HearsArchive ?? (options.RunFeed && state.Number < DeskApart.FirstNumber);
        if (!isAsked || state.Engine.Now == default || options.Staleness is not { } longest) return [];

        foreach (var limit in options.Silences.Values)
            if (limit > longest) longest = limit;
        await using var command = source.CreateCommand(
            "select symbol, minute, payload from quote_minutes where symbol = any($1) and minute >= date_trunc('minute', $2::timestamptz, 'UTC') order by minute, symbol");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. InstrumentCatalog.All.Select(one => one.Symbol)] });
        command.Parameters.Add(new() { Value = now - longest });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var minutes = await rows.All(QuoteArchive.ReadMinute, ct);
        return [.. minutes.SelectMany(minute => minute.Quotes).Where(quote => !(state.Engine.LastQuote(quote.Symbol)?.At >= quote.At) && !IsTooOld(quote, now)).OrderBy(quote => quote.At)];
    }

    public bool IsTooOld(Quote quote, DateTimeOffset now) => (options.Silences.TryGetValue(quote.Symbol, out var limit) ? limit : options.Staleness) is { } most && now - quote.At > most;

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

    /// <summary>In the order of their openings. Many are read in parts at once, each on a connection of its own, all from the one snapshot.</summary>
    private async Task<List<Stored>> ReadAccounts(NpgsqlConnection connection, EngineRestore restore, int shard, CancellationToken ct)
    {
        await using var size = new NpgsqlCommand("select greatest(reltuples, 0)::bigint, pg_export_snapshot() from pg_class where oid = 'positions'::regclass", connection);
        var (positions, snapshot) = (0L, "");
        await using (var row = await size.ExecuteReaderAsync(ct))
            if (await row.ReadAsync(ct)) (positions, snapshot) = (row.GetInt64(0), row.GetString(1));

        var parts = positions < Many ? 1 : Math.Clamp(Environment.ProcessorCount, 1, 4);
        if (parts == 1) return await ReadPart(connection, restore, (shard, 0, 1), ct);

        var read = await Task.WhenAll(Enumerable.Range(0, parts).Select(part => Task.Run(async () =>
        {
            await using var own = await source.OpenConnectionAsync(ct);
            await using var transaction = await own.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            await using (var same = new NpgsqlCommand($"set transaction snapshot '{snapshot}'", own)) await same.ExecuteNonQueryAsync(ct);
            return await ReadPart(own, restore, (shard, part, parts), ct);
        }, ct)));
        return [.. read.SelectMany(part => part).OrderBy(one => one.Seat.Opening).ThenBy(one => one.Seat.Id.Value)];
    }

    private async Task<List<Stored>> ReadPart(NpgsqlConnection connection, EngineRestore restore, (int Shard, int Part, int Parts) part, CancellationToken ct)
    {
        var positions = await ReadPositions(connection, restore, part, ct);
        var orders = await ReadOrders(connection, part, ct);
        await using var command = Ours(connection, part, $"select {AccountColumns} from trading_accounts a where {IsOurPart} and a.opened_at is not null order by a.opening, a.id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var accounts = new List<Stored>();
        while (reader.Read())
        {
            var seat = ReadSeat(reader);
            if (positions.TryGetValue(seat.Id.Value, out var own))
            {
                // Sorted here, ten or so at a time: PostgreSQL would write a million rows to disk to sort them.
                own.Sort((one, other) => one.Number.Value.CompareTo(other.Number.Value));
                seat.Commissions.Expect(own.Count(position => position.CommissionPaid != 0));
                foreach (var position in own) seat.Commissions.Add(position.Number, position.CommissionPaid);
                seat.IsHolding = true;
            }

            if (orders.Contains(seat.Id.Value)) seat.WrittenOrders = orders[seat.Id.Value].ToDictionary(order => order.Number);
            accounts.Add(new Stored(seat, ReadState(reader, seat), own ?? []));
        }

        return accounts;
    }

    /// <summary>Each becomes what the engine holds as soon as it is read: a million rows are in memory once, not twice.</summary>
    private async Task<Dictionary<Guid, List<RestoredPosition>>> ReadPositions(NpgsqlConnection connection, EngineRestore restore, (int Shard, int Part, int Parts) part, CancellationToken ct)
    {
        await using var command = Ours(connection, part, $"""
            select p.account_id, p.number, p.symbol, p.side = 'Buy', p.lots, p.open_price, p.opened_at, p.stop_loss, p.take_profit, p.commission_paid, p.swap_paid, p.order_id,
                p.guards, p.worst, p.best, p.margin_high
            from positions p join trading_accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id where {IsOurPart}
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var positions = new Dictionary<Guid, List<RestoredPosition>>();
        // Not asynchronously: of a million rows almost none has to be waited for, and each would pay for the possibility.
        while (reader.Read())
        {
            ct.ThrowIfCancellationRequested();
            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(positions, reader.GetGuid(0), out _);
            (own ??= []).Add(restore.Position(new PositionState(
                new PositionNumber(reader.GetInt32(1)), reader.GetString(2), reader.GetBoolean(3) ? Side.Buy : Side.Sell, new Lots(reader.GetDecimal(4)),
                new Price(reader.GetDecimal(5)), reader.GetFieldValue<DateTimeOffset>(6), PriceOrNull(reader, 7), PriceOrNull(reader, 8), reader.GetDecimal(9),
                reader.GetDecimal(10), reader.GetString(11), GuardsOrNull(reader, 12), PriceOrNull(reader, 13), PriceOrNull(reader, 14), reader.GetDecimal(15))));
        }

        return positions;
    }

    private async Task<ILookup<Guid, OrderState>> ReadOrders(NpgsqlConnection connection, (int Shard, int Part, int Parts) part, CancellationToken ct)
    {
        await using var command = Ours(connection, part, $"""
            select o.account_id, o.number, o.group_number, o.bond, o.order_id, o.symbol, o.side, o.lots, o.kind, o.price, o.limit_price, o.is_triggered, o.stop_loss, o.take_profit,
                o.guards, o.expiry, o.until, o.expires_at, o.placed_at
            from pending_orders o join trading_accounts a on a.tenant_id = o.tenant_id and a.id = o.account_id where {IsOurPart} order by o.account_id, o.number
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var orders = new List<(Guid Account, OrderState State)>();
        while (reader.Read())
            orders.Add((reader.GetGuid(0), new OrderState(
                new OrderNumber(reader.GetInt32(1)), new OrderNumber(reader.GetInt32(2)), Enum.Parse<OrderBond>(reader.GetString(3)), reader.GetString(4), Once(reader.GetString(5)),
                Enum.Parse<Side>(reader.GetString(6)), new Lots(reader.GetDecimal(7)), Enum.Parse<OrderKind>(reader.GetString(8)), new Price(reader.GetDecimal(9)),
                PriceOrNull(reader, 10), reader.GetBoolean(11), PriceOrNull(reader, 12), PriceOrNull(reader, 13), GuardsOrNull(reader, 14),
                new Expiry(Enum.Parse<ExpiryKind>(reader.GetString(15)), InstantOrNull(reader, 16)), InstantOrNull(reader, 17), reader.GetFieldValue<DateTimeOffset>(18))));
        return orders.ToLookup(order => order.Account, order => order.State);
    }

    private AccountSeat ReadSeat(NpgsqlDataReader row) =>
        new(row.GetGuid(0), new AccountId(row.GetGuid(1)), row.GetGuid(2), row.GetGuid(3), TermsOf(row.GetString(4)))
        {
            Opening = row.IsDBNull(5) ? null : row.GetInt64(5), JournalLength = row.GetInt64(6), JournalHead = row.GetFieldValue<byte[]>(7),
        };

    /// <summary>A brand has few terms and many accounts: each text is read once and its terms are shared.</summary>
    private AccountTerms TermsOf(string text) => _terms.GetOrAdd(text, terms => JsonSerializer.Deserialize<AccountTerms>(terms, Json.Options)!);

    private string Once(string symbol) => _words.GetOrAdd(symbol, symbol);

    private static AccountState ReadState(NpgsqlDataReader row, AccountSeat seat) => new()
    {
        Id = seat.Id, Terms = row.IsDBNull(30) ? seat.Terms : seat.Terms with { InitialBalance = row.GetDecimal(30) }, Status = Enum.Parse<AccountStatus>(row.GetString(8)), OpenedAt = row.GetFieldValue<DateTimeOffset>(9),
        Balance = row.GetDecimal(10), TradingDay = row.GetFieldValue<DateOnly>(11), DailyAnchor = row.GetDecimal(12), DailyFloor = DecimalOrNull(row, 13),
        Peak = row.GetDecimal(14), OverallFloor = DecimalOrNull(row, 15), FloorLifted = row.GetBoolean(16), DayStartBalance = row.GetDecimal(17),
        TradingDays = row.GetInt32(18), TradedToday = row.GetBoolean(19), BestDayProfit = row.GetDecimal(20), PaidOut = row.GetDecimal(21),
        LastActivityAt = row.GetFieldValue<DateTimeOffset>(22), LastPositionNumber = row.GetInt32(23),
        Breach = row.IsDBNull(24) ? null : JsonSerializer.Deserialize<Breach>(row.GetString(24), Json.Options), Positions = [],
        LastOrderNumber = row.GetInt32(25), DayMarginHigh = row.GetDecimal(26), Orders = seat.WrittenOrders is { } orders ? [.. orders.Values] : [],
        TradesToday = row.GetInt32(27), UncountedProfit = row.GetDecimal(28), UncountedToday = row.GetDecimal(29), ScaledAt = InstantOrNull(row, 31),
    };

    private sealed record Stored(AccountSeat Seat, AccountState State, List<RestoredPosition> Positions);

    private NpgsqlCommand Ours(NpgsqlConnection connection, (int Shard, int Part, int Parts) part, string sql) =>
        new(sql, connection) { Parameters = { new() { Value = part.Shard }, new() { Value = spread }, new() { Value = part.Part }, new() { Value = part.Parts } } };

    private static decimal? DecimalOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);

    private static DateTimeOffset? InstantOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static PositionGuards? GuardsOrNull(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : JsonSerializer.Deserialize<PositionGuards>(row.GetString(column), Json.Options);

    private static Price? PriceOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : new Price(row.GetDecimal(column));
}
