using System.Collections.Concurrent;

namespace TradeSense.Web.Live;

/// <summary>One timer for all streams of the same pace: they look at the same instant, so what they see can be put into words once.</summary>
internal sealed class LiveBeat
{
    private static readonly ConcurrentDictionary<TimeSpan, LiveBeat> Beats = new();
    private readonly ConcurrentDictionary<object, Action> _listeners = new();
    private readonly Timer _timer;
    private readonly TimeSpan _pace;
    private readonly Lock _changing = new();

    private LiveBeat(TimeSpan pace) => (_pace, _timer) = (pace, new Timer(_ => Strike()));

    /// <summary>Calls at every beat until it is disposed; the call must be quick.</summary>
    public static IDisposable Every(TimeSpan pace, Action listener) => Beats.GetOrAdd(pace, found => new LiveBeat(found)).Add(listener);

    private Listening Add(Action listener)
    {
        var listening = new Listening(this);
        lock (_changing)
        {
            _listeners[listening] = listener;
            if (_listeners.Count == 1) _timer.Change(_pace, _pace);
        }

        return listening;
    }

    private void Remove(object listening)
    {
        lock (_changing)
        {
            if (_listeners.TryRemove(listening, out _) && _listeners.IsEmpty) _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void Strike()
    {
        foreach (var (_, listener) in _listeners) listener();
    }

    private sealed class Listening(LiveBeat beat) : IDisposable
    {
        public void Dispose() => beat.Remove(this);
    }
}
