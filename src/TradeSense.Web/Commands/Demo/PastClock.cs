namespace TradeSense.Web.Commands.Demo;

/// <summary>The time of the day being lived through again.</summary>
internal sealed class PastClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public void MoveTo(DateTimeOffset at) => Interlocked.Exchange(ref _ticks, Math.Max(Interlocked.Read(ref _ticks), at.UtcTicks));

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
}
