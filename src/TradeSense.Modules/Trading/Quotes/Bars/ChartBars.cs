using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Quotes.Archive;

namespace TradeSense.Modules.Trading.Quotes.Bars;

/// <summary>A bid bar to draw.</summary>
/// <param name="Synthetic">Made up by the synthetic market for the time before the first real quote.</param>
/// <param name="Forming">The bar of now: it still changes.</param>
public sealed record ChartBar(DateTimeOffset OpensAt, decimal Open, decimal High, decimal Low, decimal Close, int Quotes, bool Synthetic, bool Forming);

/// <summary>A page of a symbol's bars for a chart, from the table, from memory and, where neither reaches, from the synthetic market.</summary>
public sealed class ChartBars
{
    public const int MostBars = 2000;

    private readonly NpgsqlDataSource _source;
    private readonly LiveBars _live;
    private readonly OlderBars _older;
    private readonly TimeProvider _clock;

    internal ChartBars([FromKeyedServices(DatabaseOptions.AppRole)] NpgsqlDataSource source, LiveBars live, OlderBars older, TimeProvider clock) =>
        (_source, _live, _older, _clock) = (source, live, older, clock);

    /// <param name="before">Bars that open before this instant; null: up to the forming one. The next older page is asked with the oldest bar's opening.</param>
    /// <param name="count">At most this many, the youngest ones; capped at <see cref="MostBars"/>.</param>
    /// <returns>In time order; empty for a symbol nobody knows.</returns>
    public async Task<IReadOnlyList<ChartBar>> Run(string symbol, BarPeriod period, DateTimeOffset? before, int count, CancellationToken ct)
    {
        count = Math.Clamp(count, 1, MostBars);
        var end = before?.ToUniversalTime() ?? DateTimeOffset.MaxValue;
        var bars = new SortedDictionary<DateTimeOffset, ChartBar>();
        foreach (var stored in period >= BarPeriod.M1 ? await Stored(symbol, period, end, count, ct) : await FromQuotes(symbol, period, end, count, ct))
            bars[stored.Bar.OpensAt] = Draw(stored.Bar, stored.Synthetic, forming: false);

        // Memory is younger than the table: it has what is not written yet.
        var recent = _live.Recent(symbol, period);
        for (var i = 0; i < recent.Count; i++)
        {
            var bar = recent[i];
            if (bar.OpensAt < end) bars[bar.OpensAt] = Draw(bar, Synthetic(bars, bar), forming: i == recent.Count - 1);
        }

        if (bars.Count < count) Lengthen(bars, symbol, period, end, count - bars.Count);
        return [.. bars.Values.Skip(Math.Max(0, bars.Count - count))];
    }

    /// <summary>A bar in memory was made up only if the table says so and no quote has come since.</summary>
    private static bool Synthetic(SortedDictionary<DateTimeOffset, ChartBar> stored, in Bar bar) =>
        stored.TryGetValue(bar.OpensAt, out var same) && same.Synthetic && same.Quotes == bar.Quotes;

    private void Lengthen(SortedDictionary<DateTimeOffset, ChartBar> bars, string symbol, BarPeriod period, DateTimeOffset end, int missing)
    {
        var oldest = bars.Values.FirstOrDefault();
        var until = oldest?.OpensAt ?? (end < _clock.GetUtcNow() ? end : _clock.GetUtcNow());
        foreach (var bar in _older.Run(symbol, period, until, oldest?.Open, missing)) bars[bar.OpensAt] = Draw(bar, synthetic: true, forming: false);
    }

    private async Task<List<StoredBar>> Stored(string symbol, BarPeriod period, DateTimeOffset end, int count, CancellationToken ct)
    {
        await using var command = _source.CreateCommand($"""
            select {BarTable.Columns} from bars b
            where b.symbol = $1 and b.seconds = $2 and b.opens_at < $3
            order by b.opens_at desc limit $4
            """);
        command.Parameters.Add(new() { Value = symbol });
        command.Parameters.Add(new() { Value = (int)period });
        command.Parameters.Add(new() { Value = Infinite(end) });
        command.Parameters.Add(new() { Value = count });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.All(BarTable.Read, ct);
    }

    /// <summary>Periods under a minute are not stored; they are built from archived minutes, of which quiet ones hold few bars: more are read until the page is full.</summary>
    private async Task<List<StoredBar>> FromQuotes(string symbol, BarPeriod period, DateTimeOffset end, int count, CancellationToken ct)
    {
        var minutes = new List<QuoteMinute>();
        for (var take = (count * (int)period / 60) + 2; ; take *= 2)
        {
            var older = await Minutes(symbol, minutes.Count > 0 ? minutes[^1].Minute : Infinite(end), take, ct);
            minutes.AddRange(older);
            var bars = Build(symbol, period, end, minutes);
            if (bars.Count >= count || older.Count < take) return bars;
        }
    }

    /// <summary>Youngest first.</summary>
    private async Task<List<QuoteMinute>> Minutes(string symbol, DateTimeOffset before, int take, CancellationToken ct)
    {
        await using var command = _source.CreateCommand("""
            select symbol, minute, payload from quote_minutes
            where symbol = $1 and minute < $2
            order by minute desc limit $3
            """);
        command.Parameters.Add(new() { Value = symbol });
        command.Parameters.Add(new() { Value = before });
        command.Parameters.Add(new() { Value = take });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.All(QuoteArchive.ReadMinute, ct);
    }

    private static List<StoredBar> Build(string symbol, BarPeriod period, DateTimeOffset end, List<QuoteMinute> minutes)
    {
        var (builder, closed) = (new BarBuilder(symbol, period), new List<Bar>());
        foreach (var quote in minutes.AsEnumerable().Reverse().SelectMany(minute => minute.Quotes)) builder.Add(quote, closed);
        if (builder.Forming(period) is { } last) closed.Add(last);
        return [.. closed.Where(bar => bar.Period == period && bar.OpensAt < end).Select(bar => new StoredBar(bar, false))];
    }

    private static DateTimeOffset Infinite(DateTimeOffset end) => end.Year < 9999 ? end : new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static ChartBar Draw(in Bar bar, bool synthetic, bool forming) =>
        new(bar.OpensAt, bar.Bid.Open, bar.Bid.High, bar.Bid.Low, bar.Bid.Close, bar.Quotes, synthetic, forming);
}
