using System.Threading.Tasks.Sources;

namespace TradeSense.Web.Live;

/// <summary>Wakes a stream at each beat and at each change; changes between two looks are one. One waits, any number wake, and waiting allocates nothing.</summary>
internal sealed class LiveSignal : IValueTaskSource
{
    private const int Idle = 0, Woken = 1, Awaited = 2;

    private readonly CancellationToken _end;
    private ManualResetValueTaskSourceCore<bool> _waiting = new() { RunContinuationsAsynchronously = true };
    private int _state;
    private int _isChanged;

    public LiveSignal(CancellationToken end)
    {
        _end = end;
        end.UnsafeRegister(static signal => ((LiveSignal)signal!).Wake(), this);
    }

    public void Change()
    {
        Volatile.Write(ref _isChanged, 1);
        Wake();
    }

    public bool TakeChange() => Interlocked.Exchange(ref _isChanged, 0) == 1;

    public void Wake()
    {
        // Who waits is told, and that is all; for who does not wait yet the call is remembered.
        if (Interlocked.CompareExchange(ref _state, Idle, Awaited) == Awaited) _waiting.SetResult(true);
        else if (Interlocked.CompareExchange(ref _state, Woken, Idle) == Awaited) Wake();
    }

    /// <summary>Throws when the stream is to end.</summary>
    public ValueTask Next()
    {
        _end.ThrowIfCancellationRequested();
        if (Interlocked.CompareExchange(ref _state, Idle, Woken) == Woken) return default;

        _waiting.Reset();
        return Interlocked.CompareExchange(ref _state, Awaited, Idle) == Idle ? new ValueTask(this, _waiting.Version) : Next();
    }

    void IValueTaskSource.GetResult(short token)
    {
        _waiting.GetResult(token);
        _end.ThrowIfCancellationRequested();
    }

    /// <summary>Never told as done: who went on before <see cref="Wake"/> has left the source would start it again under its hands.</summary>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => ValueTaskSourceStatus.Pending;

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _waiting.OnCompleted(continuation, state, token, flags);
}
