using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Trading.Desk.Owners;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Where a shard of this process stands.</summary>
/// <param name="IsServing">It holds its lease and has its state.</param>
/// <param name="EngineNow">The engine's time at the last batch.</param>
public sealed record ShardHealth(int Shard, bool IsServing, long Epoch, int Waiting, int Accounts, DateTimeOffset EngineNow, long Commits, TimeSpan LastCommit);

/// <summary>
/// One engine and its queue. A single loop takes what is waiting, applies it, commits what came of it in one transaction, and only then answers.
/// A commit that fails has an unknown outcome: the state is thrown away, read again from the database, and what was asked meanwhile is found by client id.
/// </summary>
internal sealed class Shard(int number, TradingOptions options, ShardLease lease, ShardReader reader, ShardCommit commit, ILogger log)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<ShardWork> _queue = Channel.CreateBounded<ShardWork>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true });
    private readonly List<ShardWork> _batch = [];
    private readonly Suspects _suspects = new(options.BatchLength);
    private ShardRun? _run;
    private long? _heldEpoch;
    private long _awaySince = Stopwatch.GetTimestamp();
    private volatile ShardHealth _health = new(number, false, 0, 0, 0, default, 0, TimeSpan.Zero);

    public int Number => number;

    public ShardHealth Health => _health with { Waiting = _queue.Reader.Count };

    /// <summary>Holds its lease and has its state.</summary>
    public bool IsServing => _health.IsServing;

    /// <summary>It will not serve again: the host stops.</summary>
    public bool IsOver => _queue.Reader.Completion.IsCompleted;

    /// <summary>Not served here for longer than a reload takes: another process holds it, or the database is away.</summary>
    public bool IsAway => !_health.IsServing && Stopwatch.GetElapsedTime(_awaySince) > Patience;

    /// <summary>False when the queue is full or nobody serves it: the caller is told <c>busy</c> at once.</summary>
    public bool TryPost(ShardWork work) => !IsAway && _queue.Writer.TryWrite(work);

    /// <summary>A quote waits for room: a feed slows down rather than lose quotes. Where nobody serves the shard it is as if the feed were silent.</summary>
    public async ValueTask Hear(ShardWork quote, CancellationToken ct)
    {
        while (!IsAway && !_queue.Writer.TryWrite(quote)) await Task.Delay(1, ct);
    }

    public ValueTask Post(ShardWork work, CancellationToken ct) => _queue.Writer.WriteAsync(work, ct);

    /// <summary>An answer from the state between two batches.</summary>
    public async Task<T> Ask<T>(Func<ShardState, T> question, CancellationToken ct)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Post(new Look(state => answer.TrySetResult(question(state)), () => answer.TrySetCanceled(CancellationToken.None)), ct);
        return await answer.Task.WaitAsync(ct);
    }

    /// <summary>Holds the shard for as long as the process lives; loses it, and takes it again, as the database says.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    // After a failure the lease may still be this process's own, and need not run out first.
                    if (_heldEpoch is { } held) await lease.Release(number, held, stop);
                    _heldEpoch = await lease.Take(number, stop);
                    if (_heldEpoch is { } epoch)
                    {
                        await Hold(epoch, stop);
                        _run = null;
                        continue;
                    }

                    // What waits here would be done whenever the shard comes back: who asked is sent to where it is now.
                    SendOn();
                    await Task.Delay(BetweenTries, stop);
                }
                catch (NpgsqlException error) when (error is not PostgresException { SqlState: ShardLease.SpreadState })
                {
                    log.LogError(error, "Shard {Shard} lost its commit or its database; its state is read again", number);
                    _suspects.Take(_batch, _run?.Uncommitted ?? [], error);
                    _run = null;
                    await Task.Delay(BetweenTries, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops; what was committed stays, and callers still waiting are told below.
        }
        finally
        {
            _health = _health with { IsServing = false };
            _queue.Writer.TryComplete();
            SendOn();
        }
    }

    /// <summary>Answers all who wait: of what was in a batch nobody knows what became of it, what was still in the queue was not done. Quotes stay; the older ones are no news when they are heard.</summary>
    private void SendOn()
    {
        foreach (var work in _batch.Concat(_suspects.All)) Abandon(work);
        _batch.Clear();
        _suspects.Clear();
        foreach (var work in Drain().ToList())
        {
            if (work.Other is null) _queue.Writer.TryWrite(work);
            else if (work.Other is PendingCommand command) command.Caller.TrySetException(new ShardAwayException(number));
            else Abandon(work);
        }
    }

    private async Task Hold(long epoch, CancellationToken stop)
    {
        var state = await reader.Read(number, epoch, stop);
        log.LogInformation("Shard {Shard} serves {Accounts} accounts in epoch {Epoch}", number, state.Seats.Count, epoch);
        Note(state);
        LogHash("starts from", state);
        var run = _run = new ShardRun(state, commit);

        try
        {
            // First what others heard of the market since, then what a failed commit left: its quotes in their place, its commands found by client id or done now.
            var isCurrent = true;
            foreach (var missed in (await reader.Missed(state, commit.Now(state), stop)).Chunk(options.BatchLength))
            {
                foreach (var quote in missed) _batch.Add(quote);
                isCurrent = isCurrent && await Serve(run, stop);
            }

            _suspects.Forget(state.Engine.LastQuote, quote => reader.IsTooOld(quote, commit.Now(state)));
            while (isCurrent && _suspects.Next(_batch)) isCurrent = await Serve(run, stop);
            while (isCurrent && await Next(stop)) isCurrent = await Serve(run, stop);
            if (isCurrent) await Finish(run);
        }
        finally
        {
            (_health, _awaySince) = (_health with { IsServing = false }, Stopwatch.GetTimestamp());
            commit.EndPictures(state);
        }

        // Either the host stops or the state is stale: both give the lease back, so that it can be taken at once.
        await lease.Release(number, epoch, CancellationToken.None);
        _heldEpoch = null;
    }

    /// <summary>The host stops: what waits is done and answered, and the quotes heard since the last commit become durable.</summary>
    private async Task Finish(ShardRun run)
    {
        _queue.Writer.TryComplete();
        _batch.AddRange(Drain());
        _batch.Add(new Tick(commit.Now(run.State), isAwaited: true));
        run.KeepAllHighs();
        await Serve(run, CancellationToken.None);
    }

    /// <summary>False when the state must be read again: accounts were handed to this shard from outside, or another process is to have it.</summary>
    private async Task<bool> Serve(ShardRun run, CancellationToken stop)
    {
        if (await commit.Misses(run.State, _batch, stop))
        {
            log.LogInformation("Shard {Shard} was handed an account it does not know; its state is read again", number);
            _suspects.Take(_batch, run.Uncommitted, null);
            return false;
        }

        var commits = commit.Count;
        var isCurrent = await run.Process(_batch, stop);
        _batch.Clear();
        if (commit.Count > commits) LogHash("committed", run.State);
        Note(run.State);
        return isCurrent;
    }

    /// <summary>False when the host stops.</summary>
    private async Task<bool> Next(CancellationToken stop)
    {
        try
        {
            if (!await _queue.Reader.WaitToReadAsync(stop)) return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        while (_batch.Count < options.BatchLength && _queue.Reader.TryRead(out var work)) _batch.Add(work);
        return true;
    }

    private void LogHash(string what, ShardState state)
    {
        if (options.LogStateHash)
            log.LogInformation("Shard {Shard} {What} state {Hash} of {EngineNow}", number, what, state.Engine.StateHash(), state.Engine.Now.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }

    private void Note(ShardState state) => _health =
        new(number, true, state.Epoch, 0, state.Seats.Count, state.Engine.Now, commit.Count, commit.LastDuration);

    private IEnumerable<ShardWork> Drain()
    {
        while (_queue.Reader.TryRead(out var work)) yield return work;
    }

    private static void Abandon(ShardWork work)
    {
        if (work.Other is PendingCommand command) command.Caller.TrySetCanceled();
        if (work.Other is Tick tick) tick.Done.TrySetCanceled();
        if (work.Other is Look look) look.Cancel();
    }
}
