namespace TradeSense.Modules.Trading.Quotes.Feeds.Live;

/// <summary>A place quotes come from over a connection: how it is talked to, and nothing about when to try again, which is <see cref="VenueLine"/>'s.</summary>
internal interface IVenue
{
    /// <summary>As the routes name it: binance, polygon, fix.</summary>
    string Name { get; }

    /// <summary>One connection from its opening to its end. Returns when the venue or its own rules ended it as planned; throws <see cref="VenueException"/> otherwise.</summary>
    Task Talk(VenueTalk talk, CancellationToken ct);
}

/// <summary>Why a connection ended: what follows differs.</summary>
internal enum VenueFault
{
    /// <summary>Broken, or never came about: try again, later each time.</summary>
    Lost,

    /// <summary>Nothing was heard for too long, though the connection stands: as lost.</summary>
    Silent,

    /// <summary>What was heard makes no sense: as lost.</summary>
    Protocol,

    /// <summary>Too much was asked: wait as long as the venue says.</summary>
    RateLimited,

    /// <summary>The key or the person is not let in: trying often changes nothing.</summary>
    Refused,
}

internal sealed class VenueException(VenueFault fault, string message, TimeSpan? retryAfter = null, Exception? cause = null) : Exception(message, cause)
{
    public VenueFault Fault { get; } = fault;
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
