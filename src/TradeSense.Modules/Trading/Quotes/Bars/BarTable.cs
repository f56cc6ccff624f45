using Npgsql;

namespace TradeSense.Modules.Trading.Quotes.Bars;

/// <summary>The bars table: bid bars from a minute up. The ask side lives only as long as a bar is in memory.</summary>
internal static class BarTable
{
    public const string Columns = "b.symbol, b.seconds, b.opens_at, b.open, b.high, b.low, b.close, b.quotes, b.synthetic";

    // A bar that holds one real quote counts as real, whatever led up to it.
    private const string WriteBars = """
        insert into bars (symbol, seconds, opens_at, open, high, low, close, quotes, synthetic)
        select b.*, $9 from unnest($1, $2, $3, $4, $5, $6, $7, $8) as b
        on conflict (symbol, seconds, opens_at) do update
        set high = excluded.high, low = excluded.low, close = excluded.close, quotes = excluded.quotes, synthetic = bars.synthetic and excluded.synthetic
        """;

    public static NpgsqlBatchCommand WriteCommand(IReadOnlyList<Bar> bars, bool synthetic) => new(WriteBars)
    {
        Parameters =
        {
            new() { Value = bars.Select(bar => bar.Symbol).ToArray() },
            new() { Value = bars.Select(bar => (int)bar.Period).ToArray() },
            new() { Value = bars.Select(bar => bar.OpensAt).ToArray() },
            new() { Value = bars.Select(bar => bar.Bid.Open).ToArray() },
            new() { Value = bars.Select(bar => bar.Bid.High).ToArray() },
            new() { Value = bars.Select(bar => bar.Bid.Low).ToArray() },
            new() { Value = bars.Select(bar => bar.Bid.Close).ToArray() },
            new() { Value = bars.Select(bar => bar.Quotes).ToArray() },
            new() { Value = synthetic },
        },
    };

    /// <summary>A row of <see cref="Columns"/>. The ask side is not stored; it reads as the bid.</summary>
    public static StoredBar Read(NpgsqlDataReader row)
    {
        var bid = new Ohlc(row.GetDecimal(3), row.GetDecimal(4), row.GetDecimal(5), row.GetDecimal(6));
        var bar = new Bar(row.GetString(0), (BarPeriod)row.GetInt32(1), row.GetFieldValue<DateTimeOffset>(2), bid, bid, row.GetInt32(7));
        return new StoredBar(bar, row.GetBoolean(8));
    }
}

internal readonly record struct StoredBar(Bar Bar, bool Synthetic);
