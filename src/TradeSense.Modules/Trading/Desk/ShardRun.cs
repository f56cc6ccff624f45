using TradeSense.Engine.Accounts;
using TradeSense.Engine.Events;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>The work on one state: from a reload to the next. Batches in, commits and answers out.</summary>
/// <remarks>
/// Durable is the state at the last commit: accounts, positions, last quotes and the engine's time belong to the same instant. A batch with facts or
/// commands is committed before anybody is answered. Quotes without effect wait for the next such commit, or for the quiet one each second. Where a commit
/// fails, they are heard again; where the process dies, its successor hears what the archive has (decision 0180).
/// </remarks>
internal sealed class ShardRun(ShardState state, ShardCommit commit)
{
    private readonly List<EngineEvent> _facts = [];
    private readonly Dictionary<string, Quote> _quotesToKeep = new(StringComparer.Ordinal);
    private readonly HashSet<AccountId> _changed = [];
    private readonly Dictionary<(AccountId, string), KnownCommands.Known> _inBatch = [];
    private readonly List<(TaskCompletionSource<CommandOutcome> Caller, CommandOutcome Outcome)> _answers = [];
    private readonly List<Quote> _uncommitted = [];
    private DateTimeOffset _sampledTo;

    /// <summary>So many positions at most have their excursions stored in a minute, so that a crash in which all of them move does not make a commit long.</summary>
    private const int MostHighs = 5000;

    /// <summary>More quotes than any second has; a run that commits so seldom lives through the past, where a failure ends it.</summary>
    private const int MostUncommitted = 50_000;

    public ShardState State => state;

    /// <summary>Quotes heard since the last commit in batches before the present one.</summary>
    public IReadOnlyList<Quote> Uncommitted => _uncommitted;

    /// <summary>Applies a batch, commits what came of it, then answers. False when the state must be read again.</summary>
    public async Task<bool> Process(IReadOnlyList<ShardWork> work, CancellationToken stop)
    {
        var known = await commit.Known(state, [.. work.Select(one => one.Other).OfType<PendingCommand>()], stop);
        var batch = commit.NewBatch();
        _inBatch.Clear();
        _answers.Clear();

        // 1. Inputs, in the order they came.
        var isQuietCommitDue = false;
        foreach (var one in work)
        {
            switch (one.Other)
            {
                case null: ApplyQuote(batch, one.Quote); break;
                case PendingCommand pending: ApplyCommand(batch, pending, known); break;
                case Tick tick: isQuietCommitDue |= ApplyTick(batch, tick); break;
            }
        }

        // 2. One commit, if anything happened that must last.
        var isCurrent = true;
        if (batch.IsUrgent || isQuietCommitDue || batch.Rows.Samples.Count > 0) isCurrent = await Write(batch, stop);
        else Remember(work);

        // 3. Answers.
        foreach (var (caller, outcome) in _answers) caller.TrySetResult(outcome);
        commit.Publish(state, _changed);
        foreach (var one in work)
        {
            if (one.Other is Tick tick) tick.Done.TrySetResult();
            if (one.Other is Look look) look.See(state);
        }

        if (batch.IsUrgent || isQuietCommitDue) _changed.Clear();
        return isCurrent;
    }

    /// <summary>One older than the symbol's last is not news: it waited here while another process served the shard.</summary>
    private void ApplyQuote(ShardBatch batch, Quote quote)
    {
        if (state.Engine.LastQuote(quote.Symbol) is { } last && last.At > quote.At) return;

        Apply(batch, new QuoteInput(quote));
        // One from outside its session was not taken: what is kept is what the engine has.
        if (state.Engine.LastQuote(quote.Symbol) == quote) _quotesToKeep[quote.Symbol] = quote;
    }

    private void ApplyCommand(ShardBatch batch, PendingCommand pending, CommitLookup known)
    {
        var key = (pending.Command.Account, pending.Command.ClientId);
        if (known.Outcomes.TryGetValue(key, out var first) || _inBatch.TryGetValue(key, out first))
        {
            var isSame = first.ContentHash.AsSpan().SequenceEqual(pending.ContentHash);
            _answers.Add((pending.Caller, isSame ? first.Outcome : new CommandOutcome.Refused(RejectReason.DuplicateCommand)));
            return;
        }

        // Its caller has been told that the outcome is unknown; an order must not fill at the price of another minute.
        if (commit.IsTooLate(pending))
        {
            pending.Caller.TrySetCanceled();
            return;
        }

        var command = pending.Command with { At = commit.Now(state) };
        var isOpening = command is OpenAccount && known.Seats.TryGetValue(command.Account, out var newcomer) && state.Seats.TryAdd(command.Account, newcomer);
        var facts = Apply(batch, command);
        var outcome = CommandOutcome.Of(facts, command.ClientId);
        _answers.Add((pending.Caller, outcome));

        if (isOpening && outcome is CommandOutcome.Refused) state.Seats.Remove(command.Account);
        if (!state.Seats.TryGetValue(command.Account, out var seat)) return;

        _inBatch.Add(key, new KnownCommands.Known(pending.ContentHash, outcome));
        batch.Remember(seat, command, pending.ContentHash, outcome, facts.Count);
        state.Heard.Add(command.Account, command.ClientId);
    }

    private bool ApplyTick(ShardBatch batch, Tick tick)
    {
        Apply(batch, new ClockInput(tick.At));
        return tick.IsAwaited || commit.IsQuietCommitDue;
    }

    /// <summary>Applies one input; the facts of all accounts it touched go into the batch, those of the command's own account are returned.</summary>
    private List<EngineEvent> Apply(ShardBatch batch, EngineInput input)
    {
        _facts.Clear();
        state.Engine.Apply(input, _facts);
        Sample(batch);
        if (_facts.Count == 0) return [];

        var isRefusedOpening = input is OpenAccount && !_facts.OfType<AccountOpened>().Any();
        foreach (var fact in _facts)
        {
            if (isRefusedOpening && fact is CommandRefused) continue;
            batch.Record(state, fact, input is QuoteInput);
            _changed.Add(fact.Account);
        }

        return input is AccountCommand command ? [.. _facts.Where(fact => fact.Account == command.Account)] : [];
    }

    /// <summary>A point of the equity curve for every account with something open, each minute of the engine's time.</summary>
    private void Sample(ShardBatch batch)
    {
        var minute = new DateTimeOffset(state.Engine.Now.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        if (minute <= _sampledTo) return;

        _sampledTo = minute;
        foreach (var seat in state.Seats.Values)
            if (seat.IsHolding && state.Engine.Point(seat.Id) is { } point) batch.Sample(seat, point, minute);
        state.Engine.KeepHighs(MostHighs);
    }

    /// <summary>The host stops: the worst and best prices of all positions go with the last commit.</summary>
    public void KeepAllHighs() => state.Engine.KeepHighs(int.MaxValue);

    private void Remember(IReadOnlyList<ShardWork> work)
    {
        if (_uncommitted.Count + work.Count > MostUncommitted) _uncommitted.Clear();
        foreach (var one in work)
            if (one.Other is null) _uncommitted.Add(one.Quote);
    }

    private async Task<bool> Write(ShardBatch batch, CancellationToken stop)
    {
        batch.RecordPeaks(state);
        _changed.UnionWith(state.Engine.TakeChanged());
        foreach (var id in _changed)
            if (state.Seats.TryGetValue(id, out var seat) && state.Engine.TakeChange(id) is { } change) batch.Project(seat, change, state.Engine.Now);
        foreach (var quote in _quotesToKeep.Values) batch.Keep(state.Number, quote);
        _quotesToKeep.Clear();
        var isCurrent = await commit.Write(state, batch, stop);
        _uncommitted.Clear();
        return isCurrent;
    }
}
