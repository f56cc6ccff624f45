namespace TradeSense.Modules.Trading.Quotes.Feeds;

/// <summary>Market time running at a multiple of wall time, or as fast as the reader takes it (speed 0).</summary>
internal sealed class FeedClock(TimeProvider wall, int speed)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _market = wall.GetUtcNow();
    private long _since = wall.GetTimestamp();

    public bool IsUnthrottled => speed == 0;

    public DateTimeOffset Now
    {
        get
        {
            lock (_gate) return IsUnthrottled ? _market : _market + (wall.GetElapsedTime(_since) * speed);
        }
    }

    /// <summary>From this moment on the market stands at an instant and runs on from there.</summary>
    public void Set(DateTimeOffset market)
    {
        lock (_gate) (_market, _since) = (market, wall.GetTimestamp());
    }

    /// <summary>Returns when the market has reached an instant, at once when it is past or when nothing holds it back.</summary>
    public ValueTask WaitUntil(DateTimeOffset market, CancellationToken ct)
    {
        if (IsUnthrottled)
        {
            if (market > _market) Set(market);
            return ValueTask.CompletedTask;
        }

        var wait = (market - Now) / speed;

        // Timers count in milliseconds: what is due within one is due.
        return wait < TimeSpan.FromMilliseconds(1) ? ValueTask.CompletedTask : new ValueTask(Task.Delay(wait, wall, ct));
    }
}
