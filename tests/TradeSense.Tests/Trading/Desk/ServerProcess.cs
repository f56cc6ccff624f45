using System.Collections.Concurrent;
using System.Diagnostics;
using TradeSense.Modules.Database;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Trading.Desk;

/// <summary>The application as a process of its own, which can be killed as the kernel kills.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string MasterKey = "dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9ubHk=";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];

    public ServerProcess(DatabaseOptions database)
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Root, "src/TradeSense.Web/bin", configuration, "net10.0/TradeSense.Web.dll"), "serve"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.Combine(Repository.Root, "src/TradeSense.Web"),
        };
        foreach (var (name, value) in ((string, string)[])
                 [
                     ("TRADESENSE_APP_DATABASE", database.App), ("TRADESENSE_ENGINE_DATABASE", database.Engine), ("TRADESENSE_AUDIT_DATABASE", database.Audit),
                     ("TRADESENSE_MASTER_KEY", MasterKey), ("TRADESENSE_TENANTS", "none"), ("TRADESENSE_URLS", "http://127.0.0.1:0"), ("ASPNETCORE_ENVIRONMENT", "Development"),
                     ("TRADESENSE_DATA", Directory.CreateTempSubdirectory("tradesense-files-").FullName), ("TRADESENSE_FEED_HISTORY_DAYS", "0"),
                     ("TRADESENSE_FEED_RATE", "20"), ("Trading__LogStateHash", "true"), ("Jobs__Enabled", "false"),
                 ])
            start.Environment[name] = value;

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyList<string> Lines => [.. _lines];

    /// <summary>The hash in the first line with these words, or null.</summary>
    public string? Hash(string words) =>
        _lines.FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal))?.Split(" state ")[1].Split(' ')[0];

    public async Task Until(Func<bool> isSo, string what)
    {
        for (var tries = 0; !isSo(); tries++)
        {
            if (tries == 900 || _process.HasExited) throw new TimeoutException($"Waited for {what}. The server said:\n{string.Join('\n', _lines)}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
