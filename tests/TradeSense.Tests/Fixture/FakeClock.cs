namespace TradeSense.Tests.Fixture;

/// <summary>
/// A clock that moves when told. Timers and <c>Task.Delay(…, clock)</c> fire while it is moved, each at its own instant, in order. A leap over very many
/// periods of a timer fires it at the first and the last of them, as after a machine's sleep: a beat of 250 ms has ten million of them in a month.
/// </summary>
public sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    private const int MostPeriods = 1000;
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = now.ToUniversalTime();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    /// <summary>Moves forward to an instant; a clock never goes back.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        while (NextDue(instant) is { } timer) timer.Fire(instant);
        lock (_lock) _now = instant < _now ? throw new ArgumentOutOfRangeException(nameof(instant), "A clock never goes back.") : instant.ToUniversalTime();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private Timer? NextDue(DateTimeOffset until)
    {
        lock (_lock)
        {
            var timer = _timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            if (timer is not null && timer.Due > _now) _now = timer.Due.Value;
            return timer;
        }
    }

    private sealed class Timer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                _period = period;
                if (Due is not null) clock._timers.Add(this);
                if (dueTime != TimeSpan.Zero) return true;
            }

            Fire(clock.GetUtcNow());
            return true;
        }

        public void Fire(DateTimeOffset until)
        {
            lock (clock._lock)
            {
                if (Due is not { } due) return;

                var periods = _period > TimeSpan.Zero ? (until - due).Ticks / _period.Ticks : 0;
                Due = _period > TimeSpan.Zero ? due + (_period * (periods > MostPeriods ? periods : 1)) : null;
                if (Due is null) clock._timers.Remove(this);
            }

            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
