using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>Which symbols are out at this moment, for the banner on traders' pages. Known on every node; read at most once in two seconds, however many ask.</summary>
public sealed class FeedNotices([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reading = new(1);
    private volatile Known? _known;

    /// <param name="Since">Of the longest.</param>
    public sealed record Notice(IReadOnlyList<string> Symbols, DateTimeOffset Since);

    /// <summary>Null when all prices are there.</summary>
    public async Task<Notice?> Now(CancellationToken ct)
    {
        if (_known is { } known && clock.GetElapsedTime(known.At) < Fresh) return known.Notice;

        await _reading.WaitAsync(ct);
        try
        {
            if (_known is { } meanwhile && clock.GetElapsedTime(meanwhile.At) < Fresh) return meanwhile.Notice;

            var notice = await Read(ct);
            _known = new Known(notice, clock.GetTimestamp());
            return notice;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<Notice?> Read(CancellationToken ct)
    {
        await using var command = source.CreateCommand("select symbols, started_at from market_incidents where kind = 'Outage' and ended_at is null");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (symbols, since) = (new SortedSet<string>(StringComparer.Ordinal), DateTimeOffset.MaxValue);
        while (await reader.ReadAsync(ct))
        {
            symbols.UnionWith(reader.GetFieldValue<string[]>(0));
            if (reader.GetFieldValue<DateTimeOffset>(1) is var started && started < since) since = started;
        }

        return symbols.Count == 0 ? null : new Notice([.. symbols], since);
    }

    private sealed record Known(Notice? Notice, long At);
}
