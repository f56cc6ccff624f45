using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace TradeSense.Tests.Trading.Quotes.Feeds.Live;

/// <summary>A server on this machine that says what a test has written down. Each connection follows the script with its number, from 1.</summary>
/// <typeparam name="TTalk">One connection as the server sees it.</typeparam>
internal abstract class ScriptedServer<TTalk> : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Func<TTalk, int, Task> _script;
    private readonly Task _accepting;
    private int _connections;

    protected ScriptedServer(Func<TTalk, int, Task> script)
    {
        _script = script;
        _listener.Start();
        _accepting = Accept();
    }

    public int Connections => Volatile.Read(ref _connections);
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What went wrong on the server's side of the talks.</summary>
    public ConcurrentQueue<Exception> Failures { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_talks);
        _stop.Dispose();
    }

    protected abstract Task<TTalk> Open(Stream stream, CancellationToken ct);

    private async Task Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var number = Interlocked.Increment(ref _connections);
            _talks.Add(Task.Run(() => Talk(client, number)));
        }
    }

    private async Task Talk(TcpClient client, int number)
    {
        using (client)
        {
            try
            {
                await _script(await Open(client.GetStream(), _stop.Token), number);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or AuthenticationException)
            {
                // The client went away or would not trust us, or the test is over.
            }
            catch (Exception error)
            {
                Failures.Enqueue(error);
            }
        }
    }
}
