using Npgsql;
using TradeSense.Postgres;

namespace TradeSense.Tests.Fixture;

/// <summary>The PostgreSQL of one test run: the server named by TRADESENSE_TEST_DATABASE (an administrator's connection string), else a private one that trades durability for speed.</summary>
public sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> Started = new(Start);
    private readonly PostgresProcess? _own;

    private PostgresServer(string administrator, PostgresProcess? own) => (Administrator, _own) = (administrator, own);

    /// <summary>Connects as a superuser to the database <c>postgres</c>.</summary>
    public string Administrator { get; }

    /// <summary>Where its log is; null for a server that is not this run's.</summary>
    public string? Folder => _own?.Folder;

    /// <summary>The run's server, started by the first who asks.</summary>
    public static Task<PostgresServer> Shared => Started.Value;

    private static async Task<PostgresServer> Start()
    {
        if (Environment.GetEnvironmentVariable("TRADESENSE_TEST_DATABASE") is { Length: > 0 } given) return new PostgresServer(given, null);

        var own = await PostgresProcess.Start("test", PostgresProcess.Fast, CancellationToken.None);
        return new PostgresServer(own.Administrator, own);
    }

    /// <summary>Runs one statement as the administrator, on the server's own database.</summary>
    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(Administrator + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
