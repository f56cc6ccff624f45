using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using TradeSense.Engine;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>One thing waiting for a shard: a quote, or one of the other kinds of work.</summary>
internal readonly record struct ShardWork(Quote Quote, object? Other)
{
    public static implicit operator ShardWork(Quote quote) => new(quote, null);
    public static implicit operator ShardWork(PendingCommand command) => new(default, command);
    public static implicit operator ShardWork(Tick tick) => new(default, tick);
    public static implicit operator ShardWork(Look look) => new(default, look);
}

/// <summary>A command and the caller who waits for its outcome.</summary>
internal sealed class PendingCommand(AccountCommand command)
{
    private static readonly DateTimeOffset Timeless = DateTimeOffset.UnixEpoch;
    private readonly long _askedAt = Stopwatch.GetTimestamp();

    public TimeSpan Age => Stopwatch.GetElapsedTime(_askedAt);

    public AccountCommand Command { get; } = command;

    public TaskCompletionSource<CommandOutcome> Caller { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>SHA-256 of kind and content without the time, which a repetition does not share. Worked out by the caller, so that the one loop of the shard need not.</summary>
    public byte[] ContentHash { get; } =
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Kind = command.GetType().Name, Command = (object)(command with { At = Timeless }) }, Json.Options));
}

/// <summary>Time has come this far. The task ends when everything up to here is committed.</summary>
/// <param name="isAwaited">Somebody waits for the commit; the clock's own beat can do without.</param>
internal sealed class Tick(DateTimeOffset at, bool isAwaited)
{
    public DateTimeOffset At { get; } = at;
    public bool IsAwaited { get; } = isAwaited;

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A look at the engine between two batches: it sees committed state only, and changes nothing.</summary>
internal sealed class Look(Action<ShardState> see, Action cancel)
{
    public void See(ShardState state) => see(state);

    public void Cancel() => cancel();
}
