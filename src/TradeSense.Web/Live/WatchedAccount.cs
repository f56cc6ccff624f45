using System.Threading.Channels;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Web.Live;

/// <summary>
/// An account's newest picture for one stream, as the desk publishes it after its commits. The shard makes a picture once for all who watch the account
/// and is asked nothing by them.
/// </summary>
public sealed class WatchedAccount(TradingDesk desk, Guid account)
{
    /// <summary>A shard that serves publishes four times a second.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3), BetweenTries = TimeSpan.FromSeconds(1);

    private AccountView? _newest;

    /// <summary>Null until the first picture has come.</summary>
    public AccountView? Newest => Volatile.Read(ref _newest);

    /// <summary>What a stream subscribes to: calls with every picture until it is disposed.</summary>
    public IDisposable Follow(Action changed)
    {
        var end = new CancellationTokenSource();
        _ = Pump(changed, end.Token);
        return new Ending(end);
    }

    private async Task Pump(Action changed, CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                await WatchUntilSilent(changed, ct);
                await Task.Delay(BetweenTries, ct);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ChannelClosedException)
        {
            // The stream ended, or the desk did, and with it the process.
        }
    }

    private async Task WatchUntilSilent(Action changed, CancellationToken ct)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        silence.CancelAfter(Silence);
        try
        {
            await foreach (var picture in desk.Watch(new AccountId(account), silence.Token))
            {
                Volatile.Write(ref _newest, picture);
                changed();
                silence.CancelAfter(Silence);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The shard is away or serves elsewhere by now: asked again, the desk finds it.
        }
    }

    private sealed class Ending(CancellationTokenSource end) : IDisposable
    {
        public void Dispose()
        {
            end.Cancel();
            end.Dispose();
        }
    }
}
