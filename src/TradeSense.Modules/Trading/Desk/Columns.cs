using Npgsql;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Rows for one set-based statement: each column travels as one array, which the statement unnests.</summary>
internal abstract class Columns
{
    public int Count { get; protected set; }

    public abstract NpgsqlBatchCommand Statement();
}

/// <summary>Columns told by how each takes its value from a row, typed from there to the wire: a day's start writes tens of millions of values, and none is boxed.</summary>
internal sealed class Columns<TRow>(string statement) : Columns where TRow : struct
{
    private readonly List<Column> _columns = [];

    /// <summary>The next column; a nullable type takes nulls.</summary>
    public Columns<TRow> With<T>(Func<TRow, T> value)
    {
        _columns.Add(new Column<T>(value));
        return this;
    }

    public void Add(in TRow row)
    {
        foreach (var column in _columns) column.Add(row);
        Count++;
    }

    public override NpgsqlBatchCommand Statement()
    {
        var command = new NpgsqlBatchCommand(statement);
        foreach (var column in _columns) command.Parameters.Add(column.Parameter());
        return command;
    }

    private abstract class Column
    {
        public abstract void Add(in TRow row);
        public abstract NpgsqlParameter Parameter();
    }

    private sealed class Column<T>(Func<TRow, T> value) : Column
    {
        private readonly List<T> _values = [];

        public override void Add(in TRow row) => _values.Add(value(row));

        public override NpgsqlParameter Parameter() => new NpgsqlParameter<T[]> { TypedValue = [.. _values] };
    }
}
