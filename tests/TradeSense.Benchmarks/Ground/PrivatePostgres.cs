using System.Globalization;
using TradeSense.Postgres;

namespace TradeSense.Benchmarks.Ground;

/// <summary>
/// The PostgreSQL of a run of benchmarks, as durable as the product's (fsync on, the same settings). Its WAL is warmed: segments are written and recycled
/// beforehand, because zero-filling a new one costs tens of milliseconds inside somebody's commit.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private const int WarmSegments = 160;
    private static readonly string[] Settings = ["max_connections=200", "shared_buffers=256MB", "min_wal_size=4GB", "max_wal_size=8GB", "checkpoint_timeout=15min"];
    private readonly PostgresProcess _server;

    private PrivatePostgres(PostgresProcess server, string version) => (_server, Version) = (server, version);

    /// <summary>Connects as a superuser to the database <c>postgres</c>.</summary>
    public string Administrator => _server.Administrator;

    public string Version { get; }

    public static async Task<PrivatePostgres> Start(CancellationToken ct)
    {
        var server = await PostgresProcess.Start("bench", Settings, ct);
        for (var segment = 0; segment < WarmSegments; segment++) await server.Scalar("select pg_logical_emit_message(false, 'warm', repeat('x', 16777216))", ct);
        await server.Scalar("checkpoint", ct);
        return new PrivatePostgres(server, (string)(await server.Scalar("show server_version", ct))!);
    }

    /// <summary>Runs one statement as the administrator, on the server's own database.</summary>
    public Task<object?> Scalar(string sql, CancellationToken ct) => _server.Scalar(sql, ct);

    /// <summary>Processor time of all its processes so far, those that ended not counted; zero where the system does not tell.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            var (total, pidFile) = (TimeSpan.Zero, Path.Combine(_server.Folder, "data/postmaster.pid"));
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

    public static int FreePort() => PostgresProcess.FreePort();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
