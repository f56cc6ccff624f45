namespace TradeSense.Web.Live;

/// <summary>How live streams behave. Identity sets <see cref="StillSignedIn"/>; without it every stream of a signed-in user is taken as good.</summary>
public sealed class LiveOptions
{
    /// <summary>The least time between two messages: four a second is as fast as figures can be read.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A comment line keeps proxies from closing a silent stream, and shows the server that the browser has gone.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a stream asks whether its session still stands. A revoked session must lose its streams within 5 seconds.</summary>
    public TimeSpan SessionCheck { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Asks the session store, in a scope of its own.</summary>
    public Func<HttpContext, CancellationToken, Task<bool>> StillSignedIn { get; set; } = (_, _) => Task.FromResult(true);
}
