namespace TradeSense.Web.Api.V2;

/// <summary>The counts of this process: requests by key, tries with bad keys by address, open streams by key.</summary>
internal sealed class ApiLimits(ApiOptions options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _streams = [];

    public TokenBuckets<Guid> Requests { get; } = new(TimeSpan.FromTicks(TimeSpan.TicksPerSecond / options.Rate), options.Burst, clock);

    public TokenBuckets<string> BadKeys { get; } = new(TimeSpan.FromSeconds(ApiOptions.SecondsBetweenBadKeys), ApiOptions.BadKeysAtOnce, clock);

    /// <summary>Null when the key has as many streams open as it may.</summary>
    public IDisposable? OpenStream(Guid key)
    {
        lock (_lock)
        {
            var open = _streams.GetValueOrDefault(key);
            if (open >= ApiOptions.MostStreams) return null;
            _streams[key] = open + 1;
        }

        return new Stream(this, key);
    }

    private void Close(Guid key)
    {
        lock (_lock)
        {
            if (--_streams[key] == 0) _streams.Remove(key);
        }
    }

    private sealed class Stream(ApiLimits limits, Guid key) : IDisposable
    {
        private int _isClosed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0) limits.Close(key);
        }
    }
}
