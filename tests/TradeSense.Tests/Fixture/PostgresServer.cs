using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TradeSense.Tests.Fixture;

/// <summary>
/// The PostgreSQL of one test run: the server named by TRADESENSE_TEST_DATABASE (an administrator's connection string), else a private one in a temporary
/// folder that trades durability for speed and disappears with the run, however the run ends.
/// </summary>
public sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> Started = new(Start);
    private Process? _keeper;

    private PostgresServer(string administrator) => Administrator = administrator;

    /// <summary>Connects as a superuser to the database <c>postgres</c>.</summary>
    public string Administrator { get; }

    /// <summary>The run's server, started by the first who asks.</summary>
    public static Task<PostgresServer> Shared => Started.Value;

    private static async Task<PostgresServer> Start()
    {
        if (Environment.GetEnvironmentVariable("TRADESENSE_TEST_DATABASE") is { Length: > 0 } given) return new PostgresServer(given);

        var folder = Path.Combine(Path.GetTempPath(), $"tradesense-test-{Environment.ProcessId}");
        var port = FreePort();
        var server = new PostgresServer($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Include Error Detail=true");
        server._keeper = Keep(folder, port);
        await server.WaitUntilItAnswers(Path.Combine(folder, "log"));
        return server;
    }

    /// <summary>
    /// PostgreSQL is kept by a shell that reads from this process: when the tests end or are killed the pipe closes, and the shell stops the server
    /// and removes its folder. As root it all runs as the user postgres, because PostgreSQL refuses root.
    /// </summary>
    private static Process Keep(string folder, int port)
    {
        const string Script = """
            set -e
            mkdir -m 700 "$2"
            "$1/initdb" -D "$2/data" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 -N >"$2/log" 2>&1
            "$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c synchronous_commit=off \
              -c full_page_writes=off -c max_connections=400 -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0 </dev/null >>"$2/log" 2>&1 &
            cat >/dev/null
            kill -QUIT $! && wait $! || true
            rm -rf "$2"
            """;

        string[] command = ["sh", "-c", Script, "keeper", Programs(), folder, port.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        if (Environment.IsPrivilegedProcess) command = ["runuser", "-u", "postgres", "--", .. command];

        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath() };
        return Process.Start(start) ?? throw new InvalidOperationException("The shell that keeps PostgreSQL did not start.");
    }

    private static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(Directory.Exists).Order(StringComparer.Ordinal).Last()
            : throw new InvalidOperationException("PostgreSQL is missing. ./tradesense test installs it, or set TRADESENSE_TEST_DATABASE.");

    private async Task WaitUntilItAnswers(string log)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await Execute("select 1");
                return;
            }
            catch (NpgsqlException error) when (tries < 150)
            {
                if (_keeper!.HasExited) throw new InvalidOperationException($"PostgreSQL did not start, see {log}.", error);
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Runs one statement as the administrator, on the server's own database.</summary>
    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(Administrator + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
