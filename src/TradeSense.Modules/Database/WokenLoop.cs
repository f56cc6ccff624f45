using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TradeSense.Modules.Database;

/// <summary>Works off what waits in the database: at once when woken, and in any case after each pause. While the database is away it tries again.</summary>
internal sealed class WokenLoop(TimeSpan pause, TimeSpan afterFailure, ILogger log)
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <param name="onFailure">What the log says when the database could not be reached.</param>
    public async Task Run(Func<CancellationToken, Task> work, string onFailure, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work(stop);
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
                waiting.CancelAfter(pause);
                await _wake.Reader.ReadAsync(waiting.Token);
            }
            catch (OperationCanceledException)
            {
                // Either the pause is over, or the host stops and the loop's condition sees it.
            }
            catch (Exception error) when (error.FromDatabase() is { } trouble)
            {
                log.LogError(trouble, "{Failure}", onFailure);
                await Task.Delay(afterFailure, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
