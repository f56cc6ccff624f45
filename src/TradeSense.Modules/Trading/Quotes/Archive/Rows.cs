using Npgsql;

namespace TradeSense.Modules.Trading.Quotes.Archive;

/// <summary>Reads whole result sets of small, known size.</summary>
internal static class Rows
{
    public static async Task<List<T>> All<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(row(reader));
        return rows;
    }

    public static async Task<List<T>> NextAll<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        return await reader.All(row, ct);
    }
}
