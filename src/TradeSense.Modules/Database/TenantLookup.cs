using Npgsql;

namespace TradeSense.Modules.Database;

/// <summary>
/// Small questions outside a request's transaction: one round trip that names the tenant first, over connections of its own. A request that already holds
/// a connection may ask, and never waits for one that another such request holds.
/// </summary>
public sealed class TenantLookup(DatabaseOptions options) : IAsyncDisposable
{
    private const int MostConnections = 20;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(options.App) { MaxPoolSize = MostConnections }.ConnectionString);

    /// <summary>The first question's rows are read; others of the same call only do something.</summary>
    public async Task<IReadOnlyList<T>> Read<T>(Guid tenant, Func<NpgsqlDataReader, T> row, CancellationToken ct, params IReadOnlyList<NpgsqlBatchCommand> questions)
    {
        await using var batch = _source.CreateBatch();
        batch.BatchCommands.Add(Ask("select set_config('app.tenant_id', $1, true)", tenant.ToString()));
        foreach (var question in questions) batch.BatchCommands.Add(question);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);

        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(row(reader));
        return rows;
    }

    /// <summary>A question with $1, $2 … in order.</summary>
    public static NpgsqlBatchCommand Ask(string sql, params IReadOnlyList<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
