using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Postgres;

namespace TradeSense.Faults;

/// <summary>The run's own PostgreSQL, with fsync on; it can be stopped as a power cut stops it.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private const string RolePassword = "faults only";
    private static readonly string[] Settings = ["max_connections=200", "max_wal_size=2GB", "min_wal_size=512MB"];
    private readonly PostgresProcess _server;

    private Cluster(PostgresProcess server)
    {
        _server = server;
        var pooled = new NpgsqlConnectionStringBuilder(server.Administrator) { Database = "tradesense" }.ConnectionString;
        Administrator = new NpgsqlConnectionStringBuilder(server.Administrator) { Pooling = false, Database = "tradesense" }.ConnectionString;
        Options = DatabaseOptions.From(variable => variable switch
        {
            "TRADESENSE_DATABASE" => pooled,
            "TRADESENSE_ROLE_PASSWORD" => RolePassword,
            _ => null,
        });
    }

    public DatabaseOptions Options { get; }

    /// <summary>Without a pool: a connection kept over a restart would only fail.</summary>
    public string Administrator { get; }

    public static async Task<Cluster> Create(string migrations, CancellationToken ct)
    {
        var cluster = new Cluster(await PostgresProcess.Start("faults", Settings, ct));
        await cluster._server.Scalar("create database tradesense", ct);
        await new Migrator(cluster.Options, migrations, TextWriter.Null).Run(ct);
        return cluster;
    }

    public Task StopAtOnce(CancellationToken ct) => _server.StopAtOnce(ct);

    public Task StartAgain(CancellationToken ct) => _server.StartAgain(ct);

    public Task WaitUntilItAnswers(CancellationToken ct) => _server.WaitUntilItAnswers(ct);

    /// <summary>SIGKILL to one server process that works for the engine: PostgreSQL ends all sessions and recovers.</summary>
    public async Task KillBackend(Random dice, CancellationToken ct)
    {
        var pids = new List<int>();
        await using (var connection = new NpgsqlConnection(Administrator))
        {
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand($"select pid from pg_stat_activity where usename = '{DatabaseOptions.EngineRole}' order by pid", connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) pids.Add(reader.GetInt32(0));
        }

        if (pids.Count == 0) throw new InvalidOperationException("The engine has no connection that could be killed.");
        using var kill = Process.Start("kill", ["-9", pids[dice.Next(pids.Count)].ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(ct);
    }

    /// <summary>How many processes hold shards, and how many shards there are.</summary>
    public async Task<(long Owners, long Shards)> Shares(CancellationToken ct)
    {
        var owners = await _server.Scalar("select count(distinct owner) from engine_shards where leased_until >= clock_timestamp()", ct, "tradesense");
        return ((long)owners!, (long)(await _server.Scalar("select count(*) from engine_shards", ct, "tradesense"))!);
    }

    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(Administrator);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
