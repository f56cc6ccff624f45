using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using TradeSense.Modules.Database;
using TradeSense.Web.Hosting;

namespace TradeSense.Benchmarks.Ground;

/// <summary>A server in a process of its own, the product's or a baseline's, from its start until it is told to stop.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly string _log;

    private ServerUnderTest(int port, string[] command, params (string Name, string Value)[] environment)
    {
        (Port, _log) = (port, Path.Combine(Path.GetTempPath(), $"tradesense-bench-server-{Environment.ProcessId}-{port}.log"));
        var start = new ProcessStartInfo("sh", ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1", "sh", _log, .. command]) { WorkingDirectory = Root };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = Process.Start(start)!;
    }

    public int Port { get; }

    private static string Root => Path.GetDirectoryName(Layout.Folder("migrations"))!;
    private static string Web => Path.Combine(Root, "src/TradeSense.Web");

    /// <summary>The application as its own process in production, every module running.</summary>
    public static ServerUnderTest Product(DatabaseOptions database, string tenants, string folder, params (string Name, string Value)[] more)
    {
        var port = PrivatePostgres.FreePort();
        return new ServerUnderTest(port, ["dotnet", WebAssembly, "serve"], [.. Settings(database, folder), ("TRADESENSE_TENANTS", tenants), ("TRADESENSE_ANNOUNCE", "off"), ("TRADESENSE_URLS", Url(port)), .. more]);
    }

    /// <summary>Another verb of the application, to its end.</summary>
    public static async Task Command(DatabaseOptions database, string folder, string[] arguments, CancellationToken ct)
    {
        await using var run = new ServerUnderTest(0, ["dotnet", WebAssembly, .. arguments], Settings(database, folder));
        await run._process.WaitForExitAsync(ct);
        if (run._process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', arguments)} failed:\n{await File.ReadAllTextAsync(run._log, ct)}");
    }

    /// <summary><c>./tradesense run</c> with a folder of its own.</summary>
    public static ServerUnderTest Script(string folder)
    {
        var port = PrivatePostgres.FreePort();
        return new ServerUnderTest(port, [Path.Combine(Root, "tradesense"), "run"], ("TRADESENSE_DATA", folder), ("TRADESENSE_URLS", Url(port)), ("TRADESENSE_DATABASE", ""), ("TRADESENSE_FEED_HISTORY_DAYS", "0"));
    }

    public static ServerUnderTest Baseline(string database)
    {
        var port = PrivatePostgres.FreePort();
        return new ServerUnderTest(port, ["dotnet", Path.Combine(AppContext.BaseDirectory, "TradeSense.Baselines.dll"), "--urls", Url(port), "--database", database], ("ASPNETCORE_ENVIRONMENT", "Production"));
    }

    /// <summary>The build beside this one: a server finds its views and assets only in its own folder.</summary>
    private static string WebAssembly => Path.Combine(Web, "bin", AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release", "net10.0/TradeSense.Web.dll");

    private static (string, string)[] Settings(DatabaseOptions database, string folder) =>
    [
        ("TRADESENSE_APP_DATABASE", database.App), ("TRADESENSE_ENGINE_DATABASE", database.Engine), ("TRADESENSE_AUDIT_DATABASE", database.Audit),
        ("TRADESENSE_MASTER_KEY", Convert.ToBase64String(new byte[32])), ("TRADESENSE_DATA", folder), ("TRADESENSE_FEED_HISTORY_DAYS", "0"),
        ("ASPNETCORE_CONTENTROOT", Web), ("ASPNETCORE_ENVIRONMENT", "Production"),
        // As published: a build in its own folder looks each request up among the files that may have changed.
        ("ReloadStaticAssetsAtRuntime", "false"),
    ];

    /// <summary>Asks until the answer is 200, and says how long that took since the process was started.</summary>
    public async Task<TimeSpan> UntilReady(string path, CancellationToken ct)
    {
        var request = new PageRequest("localhost", path, "", []);
        while (Stopwatch.GetElapsedTime(_startedAt) < TimeSpan.FromMinutes(5))
        {
            if (_process.HasExited) break;
            try
            {
                using var connection = new HttpConnection(Port);
                await connection.Open(ct);
                if ((await connection.Ask(request.Bytes, ct)).Status == 200) return Stopwatch.GetElapsedTime(_startedAt);
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                // It does not listen yet.
            }

            await Task.Delay(20, ct);
        }

        throw new InvalidOperationException($"The server did not become ready:\n{await File.ReadAllTextAsync(_log, ct)}");
    }

    /// <summary>Processor time the process has taken so far: what a page costs, however busy the machine is.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory the process holds now.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    private static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        File.Delete(_log);
    }
}
