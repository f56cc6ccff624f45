using Npgsql;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Rows for one set-based statement: each column travels as one array, which the statement unnests.</summary>
internal sealed class Columns(string statement, params Column[] columns)
{
    private readonly Column[] _columns = columns;

    public int Count { get; private set; }

    public void Add(params ReadOnlySpan<object?> row)
    {
        for (var i = 0; i < _columns.Length; i++) _columns[i].Add(row[i]);
        Count++;
    }

    public NpgsqlBatchCommand Statement()
    {
        var command = new NpgsqlBatchCommand(statement);
        foreach (var column in _columns) command.Parameters.Add(column.Parameter());
        return command;
    }
}

internal abstract class Column
{
    public abstract void Add(object? value);
    public abstract NpgsqlParameter Parameter();
}

/// <summary>One column; <c>Column&lt;decimal?&gt;</c> takes nulls.</summary>
internal sealed class Column<T> : Column
{
    private readonly List<T> _values = [];

    public override void Add(object? value) => _values.Add((T)value!);

    public override NpgsqlParameter Parameter() => new NpgsqlParameter<T[]> { TypedValue = [.. _values] };
}
