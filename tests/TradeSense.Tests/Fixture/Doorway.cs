using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TradeSense.Tests.Fixture;

/// <summary>A way to PostgreSQL that a test can shut: bytes go through while it is open; shut, they go nowhere and nobody is told, as behind a dead line.</summary>
internal sealed class Doorway : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly (string Host, int Port) _behind;
    private TaskCompletionSource _open = new();

    public Doorway(string host, int port)
    {
        _behind = (host, port);
        _open.SetResult();
        _listener.Start();
        _running.Add(Accept());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Shut() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Open();
        await _stop.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true) _running.Add(Through(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Through(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                await far.ConnectAsync(_behind.Host, _behind.Port, _stop.Token);
                await Task.WhenAny(Copy(near.GetStream(), far.GetStream()), Copy(far.GetStream(), near.GetStream()));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                // The test is over, or the server is.
            }
        }
    }

    private async Task Copy(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var count)
            {
                await _open.Task.WaitAsync(_stop.Token);
                await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // One side hung up.
        }
    }
}
