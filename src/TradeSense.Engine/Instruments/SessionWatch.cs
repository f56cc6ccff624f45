using TradeSense.Engine.Values;

namespace TradeSense.Engine.Instruments;

/// <summary>Whether sessions are open, asked with every quote: worked out once a quarter of an hour for each of them.</summary>
internal sealed class SessionWatch
{
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;

    private readonly (long Quarter, bool IsOpen)[] _known = [.. Enum.GetValues<Session>().Select(_ => (-1L, false))];

    public bool IsOpen(Session session, DateTimeOffset at)
    {
        var quarter = at.UtcTicks / Quarter;
        if (_known[(int)session].Quarter != quarter) _known[(int)session] = (quarter, MarketHours.IsOpen(session, at));
        return _known[(int)session].IsOpen;
    }
}
