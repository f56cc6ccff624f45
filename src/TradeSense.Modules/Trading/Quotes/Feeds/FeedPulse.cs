using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Quotes.Feeds;

/// <summary>Counts what a feed has delivered. One writer; readers may see a quote too few.</summary>
internal sealed class FeedPulse(TimeProvider wall)
{
    private long _quotes;
    private long _lastQuoteTicks;
    private long _lastReceived;

    public FeedHealth Health
    {
        get
        {
            var quotes = Volatile.Read(ref _quotes);
            return quotes == 0
                ? new FeedHealth(null, null, 0)
                : new FeedHealth(
                    new DateTimeOffset(Volatile.Read(ref _lastQuoteTicks), TimeSpan.Zero),
                    wall.GetUtcNow() - wall.GetElapsedTime(Volatile.Read(ref _lastReceived)),
                    quotes);
        }
    }

    public void Beat(in Quote quote)
    {
        Volatile.Write(ref _lastQuoteTicks, quote.At.UtcTicks);
        Volatile.Write(ref _lastReceived, wall.GetTimestamp());
        Volatile.Write(ref _quotes, _quotes + 1);
    }
}
