using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Filter;

namespace TradeSense.Modules.Trading.Quotes.Standing;

/// <summary>What became of the quotes of each symbol within the last day, hour by hour, for the platform's health page.</summary>
public sealed class QuoteOutcomeTable([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, TimeProvider clock)
{
    public const int Hours = 24;

    /// <param name="ByHour">Accepted and refused, the oldest hour first; <see cref="Hours"/> of them.</param>
    /// <param name="ByReason">Refused within the day, by code.</param>
    public sealed record Row(string Symbol, IReadOnlyList<Hour> ByHour, IReadOnlyDictionary<string, long> ByReason)
    {
        public long Accepted => ByHour.Sum(hour => hour.Accepted);
        public long Refused => ByHour.Sum(hour => hour.Refused);

        /// <summary>This hour and the one before it: what the thresholds are judged by.</summary>
        public Hour Lately => new(ByHour[^1].At, ByHour[^1].Accepted + ByHour[^2].Accepted, ByHour[^1].Refused + ByHour[^2].Refused);
    }

    public sealed record Hour(DateTimeOffset At, long Accepted, long Refused)
    {
        /// <summary>0 to 1.</summary>
        public decimal RefusedShare => Accepted + Refused == 0 ? 0m : (decimal)Refused / (Accepted + Refused);
    }

    public async Task<IReadOnlyList<Row>> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var first = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero).AddHours(1 - Hours);
        await using var command = source.CreateCommand("select symbol, hour, outcome, quotes from quote_outcomes where hour >= $1 order by symbol");
        command.Parameters.Add(new() { Value = first });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var cells = await reader.All(row => (Symbol: row.GetString(0), Hour: row.GetFieldValue<DateTimeOffset>(1), Outcome: row.GetString(2), Quotes: row.GetInt64(3)), ct);
        return
        [
            .. cells.GroupBy(cell => cell.Symbol).Select(symbol => new Row(
                symbol.Key,
                [.. Enumerable.Range(0, Hours).Select(i => first.AddHours(i)).Select(hour => new Hour(
                    hour,
                    symbol.Where(cell => cell.Hour == hour && cell.Outcome == QuoteTally.AcceptedCode).Sum(cell => cell.Quotes),
                    symbol.Where(cell => cell.Hour == hour && cell.Outcome != QuoteTally.AcceptedCode).Sum(cell => cell.Quotes)))],
                symbol.Where(cell => cell.Outcome != QuoteTally.AcceptedCode).GroupBy(cell => cell.Outcome).ToDictionary(reason => reason.Key, reason => reason.Sum(cell => cell.Quotes)))),
        ];
    }
}
