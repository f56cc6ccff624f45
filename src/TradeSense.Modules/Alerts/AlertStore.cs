using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Quotes.Archive;

namespace TradeSense.Modules.Alerts;

/// <summary>What the watcher reads of all firms' alerts, and how far it has come. It writes no alert: that is done inside the tenant.</summary>
internal sealed class AlertStore([FromKeyedServices(DatabaseOptions.EngineRole)] NpgsqlDataSource source, ArchivedQuotes archive)
{
    /// <summary>Signals when an alert was made or changed, by whichever process.</summary>
    public Listener Changes(Action signal, ILogger log) => new(source, "price_alerts", signal, log);

    /// <summary>Those that wait and were made or changed since.</summary>
    public async Task<IReadOnlyList<WatchedAlert>> Waiting(DateTimeOffset changedSince, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select tenant_id, id, symbol, rises_to, falls_to, changed_at from price_alerts where status = 'Waiting' and changed_at >= $1
            """);
        command.Parameters.Add(new() { Value = changedSince.ToUniversalTime() });
        var alerts = new List<WatchedAlert>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            alerts.Add(new WatchedAlert(
                reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetDecimal(3), reader.IsDBNull(4) ? null : reader.GetDecimal(4), reader.GetFieldValue<DateTimeOffset>(5)));
        }

        return alerts;
    }

    /// <summary>Null before the first watcher.</summary>
    public async Task<DateTimeOffset?> WatchedUntil(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select until from alert_watch");
        return await command.ExecuteScalarAsync(ct) is DateTime until ? new DateTimeOffset(until, TimeSpan.Zero) : null;
    }

    /// <summary>Never back: of two watchers the one that is ahead counts.</summary>
    public async Task Watched(DateTimeOffset until, CancellationToken ct)
    {
        await using var command = source.CreateCommand("insert into alert_watch (until) values ($1) on conflict (one) do update set until = greatest(alert_watch.until, excluded.until)");
        command.Parameters.Add(new() { Value = until.ToUniversalTime() });
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The first archived quote after an instant that reached the alert's price; the minute bars say where to look.</summary>
    public async Task<Quote?> Crossed(WatchedAlert alert, DateTimeOffset after, CancellationToken ct)
    {
        var from = after;
        while (await NextMinute(alert, from, ct) is { } minute)
        {
            var end = minute.AddMinutes(1).AddTicks(-1);
            foreach (var quote in await archive.Run(alert.Symbol, minute, end, ct))
                if (quote.At > after && (quote.Bid.Value >= alert.RisesTo || quote.Bid.Value <= alert.FallsTo)) return quote;
            from = minute.AddMinutes(1);
        }

        return null;
    }

    private async Task<DateTimeOffset?> NextMinute(WatchedAlert alert, DateTimeOffset from, CancellationToken ct)
    {
        await using var command = source.CreateCommand("""
            select opens_at from bars
            where symbol = $1 and seconds = 60 and not synthetic and opens_at >= date_trunc('minute', $2::timestamptz, 'UTC') and (high >= $3 or low <= $4)
            order by opens_at limit 1
            """);
        command.Parameters.Add(new() { Value = alert.Symbol });
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = alert.RisesTo ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Numeric });
        command.Parameters.Add(new() { Value = alert.FallsTo ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Numeric });
        return await command.ExecuteScalarAsync(ct) is DateTime minute ? new DateTimeOffset(minute, TimeSpan.Zero) : null;
    }
}
