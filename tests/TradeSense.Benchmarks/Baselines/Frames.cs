using System.Globalization;
using System.Text;

namespace TradeSense.Baselines;

/// <summary>The barest live stream: ten frames a second, each made and encoded once, written to every connection as it is. No session, no page, no brand.</summary>
public sealed class Frames : BackgroundService
{
    private volatile TaskCompletionSource<ReadOnlyMemory<byte>> _next = New();

    public async Task Send(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        while (!http.RequestAborted.IsCancellationRequested) await http.Response.BodyWriter.WriteAsync(await _next.Task.WaitAsync(http.RequestAborted), http.RequestAborted);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var number = 0L; await timer.WaitForNextTickAsync(stoppingToken); number++)
        {
            // As long as two quotes are in the product's frames.
            var text = string.Create(CultureInfo.InvariantCulture, $"event: quotes\ndata: [[\"BTCUSD\",{100_000 + number}.25,{100_003 + number}.75,1764000000000,0.25],[\"ETHUSD\",{3000 + number}.25,{3001 + number}.75,1764000000000,0.25]]\n\n");
            Interlocked.Exchange(ref _next, New()).SetResult(Encoding.UTF8.GetBytes(text));
        }
    }

    private static TaskCompletionSource<ReadOnlyMemory<byte>> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
