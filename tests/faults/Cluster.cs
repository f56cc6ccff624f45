using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using TradeSense.Modules.Database;

namespace TradeSense.Faults;

/// <summary>A PostgreSQL of the run's own, in a temporary folder, with fsync on; it can be stopped as a power cut stops it.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private const string RolePassword = "faults only";
    private readonly string _folder = Directory.CreateTempSubdirectory("tradesense-faults-").FullName;
    private readonly int _port = FreePort();

    private Cluster() =>
        Options = DatabaseOptions.From(variable => variable switch
        {
            "TRADESENSE_DATABASE" => $"{Server};Database=tradesense",
            "TRADESENSE_ROLE_PASSWORD" => RolePassword,
            _ => null,
        });

    public DatabaseOptions Options { get; }

    /// <summary>Without a pool: a connection kept over a restart would only fail.</summary>
    public string Administrator => $"{Server};Pooling=false";

    private string Server => $"Host=127.0.0.1;Port={_port.ToString(CultureInfo.InvariantCulture)};Username=postgres";

    private string Data => Path.Combine(_folder, "data");

    public static async Task<Cluster> Create(string migrations)
    {
        var cluster = new Cluster();
        if (Environment.IsPrivilegedProcess) await Run("chown", "postgres", cluster._folder);
        await AsDatabaseUser("initdb", "-D", cluster.Data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8");
        await cluster.Start();
        await cluster.Execute("create database tradesense", "postgres");
        await new Migrator(cluster.Options, migrations, TextWriter.Null).Run(CancellationToken.None);
        return cluster;
    }

    public async Task Start() => await AsDatabaseUser(
        "pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "60",
        "-o", $"-p {_port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c max_wal_size=2GB -c min_wal_size=512MB", "start");

    /// <summary>Without a checkpoint and without goodbye: the next start recovers from the log.</summary>
    public Task StopAtOnce() => AsDatabaseUser("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>SIGKILL to one server process that works for the engine: PostgreSQL ends all sessions and recovers.</summary>
    public async Task KillBackend()
    {
        var pids = new List<int>();
        await using (var connection = new NpgsqlConnection(Administrator + ";Database=tradesense"))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select pid from pg_stat_activity where usename = 'tradesense_engine'", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) pids.Add(reader.GetInt32(0));
        }

        if (pids.Count > 0) await Run("kill", "-9", pids[Random.Shared.Next(pids.Count)].ToString(CultureInfo.InvariantCulture));
    }

    public async Task Execute(string sql, string database = "tradesense")
    {
        await using var connection = new NpgsqlConnection($"{Administrator};Database={database}");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAtOnce();
        if (Environment.IsPrivilegedProcess) await Run("rm", "-rf", _folder);
        else Directory.Delete(_folder, recursive: true);
    }

    private static Task AsDatabaseUser(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs(), program);
        return Environment.IsPrivilegedProcess ? Run("runuser", ["-u", "postgres", "--", path, .. arguments]) : Run(path, arguments);
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        // pg_ctl's server inherits the pipe, so its end never comes: only the program itself is waited for.
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 && program is not "kill") throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static string Programs() =>
        Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(Directory.Exists).Order(StringComparer.Ordinal).LastOrDefault()
        ?? throw new InvalidOperationException("PostgreSQL is missing.");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
