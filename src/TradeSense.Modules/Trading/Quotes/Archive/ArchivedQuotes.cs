using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Quotes.Archive;

/// <summary>The accepted quotes of a symbol as they came, for receipts and recomputation. What is younger than <see cref="QuotesOptions.WriteEvery"/> may not be there yet.</summary>
public sealed class ArchivedQuotes([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source)
{
    /// <summary>Quotes from <paramref name="from"/> to <paramref name="to"/>, both inclusive, in the order they were accepted.</summary>
    public async Task<IReadOnlyList<Quote>> Run(string symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select symbol, minute, payload from quote_minutes
            where symbol = $1 and minute between date_trunc('minute', $2::timestamptz, 'UTC') and $3
            order by minute
            """);
        command.Parameters.Add(new() { Value = symbol });
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = to.ToUniversalTime() });

        await using var reader = await command.ExecuteReaderAsync(ct);
        var minutes = await reader.All(QuoteArchive.ReadMinute, ct);
        return [.. minutes.SelectMany(minute => minute.Quotes).Where(quote => quote.At >= from && quote.At <= to)];
    }
}
