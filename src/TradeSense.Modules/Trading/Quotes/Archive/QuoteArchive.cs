using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Quotes.Bars;

namespace TradeSense.Modules.Trading.Quotes.Archive;

/// <summary>Writes accepted quotes, bars and last quotes, and reads back where an earlier run stopped. Works as the engine's role, outside any tenant.</summary>
internal sealed class QuoteArchive([FromKeyedServices(DatabaseOptions.EngineRole)] NpgsqlDataSource source)
{
    private const string WriteMinutes = """
        insert into quote_minutes (symbol, minute, quotes, payload)
        select * from unnest($1, $2, $3, $4)
        on conflict (symbol, minute) do update set quotes = excluded.quotes, payload = excluded.payload
        """;

    private const string WriteLastQuotes = """
        insert into last_quotes (symbol, at, bid, ask)
        select * from unnest($1, $2, $3, $4)
        on conflict (symbol) do update set at = excluded.at, bid = excluded.bid, ask = excluded.ask
        """;

    private const string WriteOutcomes = """
        insert into quote_outcomes (symbol, hour, outcome, quotes)
        select * from unnest($1, $2, $3, $4)
        on conflict (symbol, hour, outcome) do update set quotes = quote_outcomes.quotes + excluded.quotes
        """;

    /// <summary>All or nothing.</summary>
    public async Task Write(ArchiveBatch batch, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var commands = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { MinutesCommand(batch.Minutes), BarTable.WriteCommand(batch.Bars, synthetic: false), LastQuotesCommand(batch.LastQuotes), OutcomesCommand(batch.Outcomes) },
        };
        await commands.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Bars made up for the time before or between real quotes, and the quotes they end with, which are asked for last. All or nothing.</summary>
    public async Task<int> WriteSynthetic(IEnumerable<Bar> bars, Func<IReadOnlyList<Quote>> lastQuotes, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var written = 0;
        foreach (var part in bars.Chunk(20_000))
        {
            await using var write = new NpgsqlBatch(connection, transaction) { BatchCommands = { BarTable.WriteCommand(part, synthetic: true) } };
            written += await write.ExecuteNonQueryAsync(ct);
        }

        await using var last = new NpgsqlBatch(connection, transaction) { BatchCommands = { LastQuotesCommand(lastQuotes()) } };
        await last.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return written;
    }

    /// <summary>The last accepted quotes of an earlier run, with the bars and the minute each of them stands in.</summary>
    public async Task<IReadOnlyList<StoredSymbol>> Read(CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("select symbol, at, bid, ask from last_quotes"));
        batch.BatchCommands.Add(new($"""
            select {BarTable.Columns} from last_quotes l
            cross join (values (60), (300), (900), (1800), (3600), (14400), (86400)) as p (length)
            join bars b on b.symbol = l.symbol and b.seconds = p.length
                and b.opens_at = to_timestamp(floor(extract(epoch from l.at) / p.length) * p.length)
            """));
        batch.BatchCommands.Add(new("""
            select m.symbol, m.minute, m.payload from last_quotes l
            join quote_minutes m on m.symbol = l.symbol and m.minute = date_trunc('minute', l.at, 'UTC')
            """));

        await using var reader = await batch.ExecuteReaderAsync(ct);
        var quotes = await reader.All(row => new Quote(row.GetFieldValue<DateTimeOffset>(1), row.GetString(0), new(row.GetDecimal(2)), new(row.GetDecimal(3))), ct);
        var bars = await reader.NextAll(BarTable.Read, ct);
        var minutes = await reader.NextAll(ReadMinute, ct);

        return
        [
            .. quotes.Select(quote => new StoredSymbol(
                quote,
                bars.Where(bar => bar.Bar.Symbol == quote.Symbol).ToDictionary(bar => bar.Bar.Period, bar => bar.Bar),
                minutes.Find(minute => minute.Symbol == quote.Symbol))),
        ];
    }

    internal static QuoteMinute ReadMinute(NpgsqlDataReader row)
    {
        var (symbol, minute) = (row.GetString(0), row.GetFieldValue<DateTimeOffset>(1));
        return new QuoteMinute(symbol, minute, QuoteCodec.Decode(symbol, minute, row.GetFieldValue<byte[]>(2)));
    }

    private static NpgsqlBatchCommand MinutesCommand(IReadOnlyList<QuoteMinute> minutes) => new(WriteMinutes)
    {
        Parameters =
        {
            new() { Value = minutes.Select(minute => minute.Symbol).ToArray() },
            new() { Value = minutes.Select(minute => minute.Minute).ToArray() },
            new() { Value = minutes.Select(minute => minute.Quotes.Length).ToArray() },
            new() { Value = minutes.Select(minute => QuoteCodec.Encode(minute.Quotes)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
        },
    };

    private static NpgsqlBatchCommand OutcomesCommand(IReadOnlyList<QuoteOutcome> outcomes) => new(WriteOutcomes)
    {
        Parameters =
        {
            new() { Value = outcomes.Select(outcome => outcome.Symbol).ToArray() },
            new() { Value = outcomes.Select(outcome => outcome.Hour).ToArray() },
            new() { Value = outcomes.Select(outcome => outcome.Outcome).ToArray() },
            new() { Value = outcomes.Select(outcome => outcome.Quotes).ToArray() },
        },
    };

    private static NpgsqlBatchCommand LastQuotesCommand(IReadOnlyList<Quote> quotes) => new(WriteLastQuotes)
    {
        Parameters =
        {
            new() { Value = quotes.Select(quote => quote.Symbol).ToArray() },
            new() { Value = quotes.Select(quote => quote.At).ToArray() },
            new() { Value = quotes.Select(quote => quote.Bid.Value).ToArray() },
            new() { Value = quotes.Select(quote => quote.Ask.Value).ToArray() },
        },
    };
}

/// <summary>Where one symbol stood when an earlier run ended. No minute is found when the last quote belongs to synthetic history.</summary>
internal sealed record StoredSymbol(Quote Last, IReadOnlyDictionary<BarPeriod, Bar> Forming, QuoteMinute? Minute);
