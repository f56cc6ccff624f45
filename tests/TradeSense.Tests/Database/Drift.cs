using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using TradeSense.Modules.Database;

namespace TradeSense.Tests.Database;

/// <summary>EF maps and migrations create; this compares what one believes with what the other made, column by column.</summary>
public static class Drift
{
    private sealed record Column(string Type, bool IsNullable, bool HasDefault);

    /// <summary>Every difference that would make a query or an insert fail, or silently keep a column out of the product's reach.</summary>
    public static async Task<IReadOnlyList<string>> Between(TradeSenseDb db, NpgsqlConnection connection)
    {
        var problems = new List<string>();
        foreach (var table in db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables)
        {
            var made = await Columns(connection, table.Name);
            if (made.Count == 0) problems.Add($"{table.Name}: mapped, but no migration makes it");
            else problems.AddRange(Compare(table, made));
            if (made.Count > 0 && await PrimaryKey(connection, table.Name) is var key && !key.SequenceEqual(table.PrimaryKey!.Columns.Select(column => column.Name)))
                problems.Add($"{table.Name}: the key is ({string.Join(", ", key)}), mapped as ({string.Join(", ", table.PrimaryKey.Columns.Select(column => column.Name))})");
        }

        return problems;
    }

    private static IEnumerable<string> Compare(ITable table, Dictionary<string, Column> made)
    {
        foreach (var mapped in table.Columns.Where(column => column.Name != "xmin"))
        {
            var name = $"{table.Name}.{mapped.Name}";
            if (!made.TryGetValue(mapped.Name, out var column)) yield return $"{name}: mapped, but no migration makes it";
            else if (column.Type != mapped.StoreType) yield return $"{name}: is {column.Type}, mapped as {mapped.StoreType}";
            else if (column.IsNullable != mapped.IsNullable) yield return $"{name}: {(column.IsNullable ? "may be null, mapped as required" : "is required, mapped as nullable")}";
        }

        foreach (var (name, _) in made.Where(column => table.FindColumn(column.Key) is null && column.Value is { IsNullable: false, HasDefault: false }))
            yield return $"{table.Name}.{name}: is required, but nothing maps it";
    }

    private static async Task<Dictionary<string, Column>> Columns(NpgsqlConnection connection, string table)
    {
        await using var command = new NpgsqlCommand("""
            select a.attname::text, format_type(a.atttypid, a.atttypmod), not a.attnotnull, a.atthasdef or a.attidentity <> ''
            from pg_attribute a where a.attrelid = to_regclass('public.' || quote_ident($1)) and a.attnum > 0 and not a.attisdropped
            """, connection) { Parameters = { new() { Value = table } } };
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new Dictionary<string, Column>();
        while (await reader.ReadAsync()) columns[reader.GetString(0)] = new Column(reader.GetString(1), reader.GetBoolean(2), reader.GetBoolean(3));
        return columns;
    }

    private static async Task<string[]> PrimaryKey(NpgsqlConnection connection, string table)
    {
        await using var command = new NpgsqlCommand("""
            select coalesce(array_agg(a.attname::text order by key.place), '{}')
            from pg_index i cross join unnest(i.indkey) with ordinality as key(attnum, place) join pg_attribute a on a.attrelid = i.indrelid and a.attnum = key.attnum
            where i.indrelid = to_regclass('public.' || quote_ident($1)) and i.indisprimary
            """, connection) { Parameters = { new() { Value = table } } };
        return (string[])(await command.ExecuteScalarAsync())!;
    }
}
