using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace TradeSense.Postgres;

/// <summary>A PostgreSQL of one run's own, in a temporary folder that disappears with the run, however the run ends.</summary>
public sealed class PostgresProcess : IAsyncDisposable
{
    /// <summary>For tests: nothing survives a power cut, and nobody waits for a disk.</summary>
    public static readonly IReadOnlyList<string> Fast =
        ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400", "autovacuum=off", "wal_level=minimal", "max_wal_senders=0"];

    private readonly Process _keeper;

    private PostgresProcess(string folder, int port, Process keeper)
    {
        (Folder, _keeper) = (folder, keeper);
        Administrator = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Include Error Detail=true");
    }

    /// <summary>Connects as a superuser to the database <c>postgres</c>.</summary>
    public string Administrator { get; }

    /// <summary>Holds <c>data</c>, the cluster, and <c>log</c>, what it says.</summary>
    public string Folder { get; }

    /// <param name="use">Part of the folder's name.</param>
    /// <param name="settings">As postgres takes them after <c>-c</c>.</param>
    public static async Task<PostgresProcess> Start(string use, IReadOnlyList<string> settings, CancellationToken ct)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"tradesense-{use}-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{Path.GetRandomFileName()}");
        var port = FreePort();
        var server = new PostgresProcess(folder, port, Keep(folder, port, settings));
        await server.WaitUntilItAnswers(ct);
        return server;
    }

    /// <summary>Without a checkpoint and without goodbye, as <c>pg_ctl stop -m immediate</c> does: the next start recovers from the log.</summary>
    public async Task StopAtOnce(CancellationToken ct)
    {
        await _keeper.StandardInput.WriteLineAsync("stop".AsMemory(), ct);
        await _keeper.StandardInput.FlushAsync(ct);
        // The keeper's answer: it has seen the server end.
        if (await _keeper.StandardOutput.ReadLineAsync(ct) is not "stopped") throw new InvalidOperationException($"PostgreSQL did not stop, see {Folder}/log.");
    }

    public async Task StartAgain(CancellationToken ct)
    {
        await _keeper.StandardInput.WriteLineAsync("start".AsMemory(), ct);
        await _keeper.StandardInput.FlushAsync(ct);
        await WaitUntilItAnswers(ct);
    }

    /// <summary>Runs one statement as the administrator, on a connection of its own: one kept over a restart would only fail.</summary>
    public async Task<object?> Scalar(string sql, CancellationToken ct, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Administrator) { Pooling = false, CommandTimeout = 300, Database = database }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    public async Task WaitUntilItAnswers(CancellationToken ct)
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
                if (_keeper.HasExited) throw new InvalidOperationException($"PostgreSQL did not start, see {Folder}/log.", error);
                await Task.Delay(100, ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>
    /// PostgreSQL is kept by a shell that reads from this process: when the run ends or is killed the pipe closes, and the shell stops the server
    /// and removes its folder. As root it all runs as the user postgres, because PostgreSQL refuses root.
    /// </summary>
    private static Process Keep(string folder, int port, IReadOnlyList<string> settings)
    {
        const string Script = """
            programs=$1 folder=$2 port=$3
            shift 3
            mkdir -m 700 "$folder" && "$programs/initdb" -D "$folder/data" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 -N >"$folder/log" 2>&1 || exit 1
            start() { "$programs/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= "$@" </dev/null >>"$folder/log" 2>&1 & server=$!; }
            stop() { kill -QUIT "$server" 2>>"$folder/log"; wait "$server"; }
            start "$@"
            while read -r word; do
              case $word in
                stop) stop; echo stopped ;;
                start) start "$@" ;;
              esac
            done
            stop
            rm -rf "$folder"
            """;
        string[] command = ["sh", "-c", Script, "keeper", Programs(), folder, port.ToString(CultureInfo.InvariantCulture), .. settings.SelectMany(setting => new[] { "-c", setting })];
        if (Environment.IsPrivilegedProcess) command = ["runuser", "-u", "postgres", "--", .. command];

        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        return Process.Start(start) ?? throw new InvalidOperationException("The shell that keeps PostgreSQL did not start.");
    }

    private static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(Directory.Exists).Order(StringComparer.Ordinal).Last()
            : throw new InvalidOperationException("PostgreSQL is missing. ./tradesense test, bench and faults install it.");
}
