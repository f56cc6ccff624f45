using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TradeSense.Benchmarks.Ground;

/// <summary>
/// A PostgreSQL of this run's own in a temporary folder, as durable as the product's (fsync on, the same settings) and gone with the run. Its WAL is warmed:
/// segments are written and recycled beforehand, because zero-filling a new one costs tens of milliseconds inside somebody's commit.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const int WarmSegments = 160;
    private readonly Process _keeper;
    private readonly string _folder;

    private PrivatePostgres(Process keeper, string folder, string administrator) => (_keeper, _folder, Administrator) = (keeper, folder, administrator);

    /// <summary>Connects as a superuser to the database <c>postgres</c>.</summary>
    public string Administrator { get; }

    public string Version { get; private set; } = "";

    public static async Task<PrivatePostgres> Start(CancellationToken ct)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"tradesense-bench-{Environment.ProcessId}");
        var port = FreePort();
        var server = new PrivatePostgres(Keep(folder, port), folder, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Include Error Detail=true");
        await server.WaitUntilItAnswers(ct);
        server.Version = (string)(await server.Scalar("show server_version", ct))!;
        for (var segment = 0; segment < WarmSegments; segment++) await server.Scalar("select pg_logical_emit_message(false, 'warm', repeat('x', 16777216))", ct);
        await server.Scalar("checkpoint", ct);
        return server;
    }

    /// <summary>A shell that reads from this process keeps the server: when the run ends or is killed the pipe closes, and the shell stops the server and removes its folder.</summary>
    private static Process Keep(string folder, int port)
    {
        const string Script = """
            set -e
            mkdir -m 700 "$2"
            "$1/initdb" -D "$2/data" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 -N >"$2/log" 2>&1
            "$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers=256MB \
              -c min_wal_size=4GB -c max_wal_size=8GB -c checkpoint_timeout=15min </dev/null >>"$2/log" 2>&1 &
            cat >/dev/null
            kill -QUIT $! && wait $! || true
            rm -rf "$2"
            """;
        string[] command = ["sh", "-c", Script, "keeper", Programs(), folder, port.ToString(CultureInfo.InvariantCulture)];
        if (Environment.IsPrivilegedProcess) command = ["runuser", "-u", "postgres", "--", .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath() };
        return Process.Start(start) ?? throw new InvalidOperationException("The shell that keeps PostgreSQL did not start.");
    }

    private static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(Directory.Exists).Order(StringComparer.Ordinal).Last()
            : throw new InvalidOperationException("PostgreSQL is missing. ./tradesense bench installs it.");

    private async Task WaitUntilItAnswers(CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await Scalar("select 1", ct);
                return;
            }
            catch (NpgsqlException error) when (tries < 1800)
            {
                if (_keeper.HasExited) throw new InvalidOperationException($"PostgreSQL did not start, see {_folder}/log.", error);
                await Task.Delay(100, ct);
            }
        }
    }

    /// <summary>Runs one statement as the administrator, on the server's own database.</summary>
    public async Task<object?> Scalar(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(Administrator + ";Pooling=false;Command Timeout=300");
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Processor time of all its processes so far, those that ended not counted; zero where the system does not tell.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            var (total, pidFile) = (TimeSpan.Zero, Path.Combine(_folder, "data/postmaster.pid"));
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return total;

            var parent = File.ReadLines(pidFile).First();
            foreach (var status in Directory.EnumerateDirectories("/proc").Select(folder => Path.Combine(folder, "stat")).Where(File.Exists))
            {
                // pid (name) state parent …; user and system ticks are the 14th and 15th field, a hundredth of a second each.
                string[] fields;
                try { fields = File.ReadAllText(status) is var text ? text[(text.LastIndexOf(')') + 2)..].Split(' ') : []; }
                catch (IOException) { continue; }
                if (fields[1] == parent) total += TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
            }

            return total;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }
}
