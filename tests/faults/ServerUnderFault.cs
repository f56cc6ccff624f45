using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TradeSense.Modules.Database;
using TradeSense.Postgres;

namespace TradeSense.Faults;

/// <summary>The real application as a process of its own, which is killed as the kernel kills.</summary>
public sealed class ServerUnderFault : IDisposable
{
    private const int KeptLines = 60;
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly int _port = PostgresProcess.FreePort();
    private readonly Process _process;

    public ServerUnderFault(string program, DatabaseOptions database, string masterKey, string roles)
    {
        var start = new ProcessStartInfo("dotnet", [program, "serve", "--roles", roles])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(program)!,
        };
        foreach (var (name, value) in ((string, string)[])
                 [
                     ("TRADESENSE_APP_DATABASE", database.App), ("TRADESENSE_ENGINE_DATABASE", database.Engine), ("TRADESENSE_AUDIT_DATABASE", database.Audit),
                     ("TRADESENSE_MASTER_KEY", masterKey), ("TRADESENSE_TENANTS", "none"), ("TRADESENSE_URLS", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}")), ("ASPNETCORE_ENVIRONMENT", "Development"),
                     ("TRADESENSE_DATA", Path.GetTempPath()), ("TRADESENSE_FEED_HISTORY_DAYS", "0"), ("TRADESENSE_FEED_RATE", "20"), ("TRADESENSE_ANNOUNCE", "off"),
                 ])
            start.Environment[name] = value;
        start.Environment.Remove("TRADESENSE_DATABASE");

        _process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>What it has computed so far: on an idle machine its start would have taken about that long.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The last lines it wrote.</summary>
    public string Words => string.Join('\n', _lines);

    public async Task<bool> IsReady()
    {
        try
        {
            return (await _http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/health/ready")))).IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        _http.Dispose();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        // The frames of a stack say little and would push out everything else.
        if (line.Data is not { Length: > 0 } text || text.StartsWith(' ')) return;
        _lines.Enqueue(text);
        while (_lines.Count > KeptLines) _lines.TryDequeue(out _);
    }
}
