using System.Diagnostics;
using Npgsql;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>What the database knew of a batch's commands before it was applied.</summary>
internal sealed record CommitLookup(IReadOnlyDictionary<(AccountId, string), KnownCommands.Known> Outcomes, IReadOnlyDictionary<AccountId, AccountSeat> Seats);

/// <summary>The shard's side of the database and of the live pages: what is known, one commit, what is told afterwards.</summary>
internal sealed class ShardCommit(NpgsqlDataSource source, TradingOptions options, ShardReader reader, KnownCommands commands, LiveViews views, TimeProvider clock)
{
    private static readonly CommitLookup Nothing = new(new Dictionary<(AccountId, string), KnownCommands.Known>(), new Dictionary<AccountId, AccountSeat>());
    private static readonly TimeSpan BetweenViews = TimeSpan.FromMilliseconds(250);
    private const int GreatCommit = 5000;
    private const int MostHeardAtOnce = 50_000;
    private long _committedAt;
    private long _viewedAt;

    public long Count { get; private set; }
    public TimeSpan LastDuration { get; private set; }

    /// <summary>A command happens now, or at the engine's time if that is ahead. PostgreSQL keeps microseconds, so the engine is given no finer ones.</summary>
    public DateTimeOffset Now(ShardState state)
    {
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return now > state.Engine.Now ? now : state.Engine.Now;
    }

    public ShardBatch NewBatch() => new(clock);

    /// <summary>Whoever asked no longer waits, or not long enough for a commit: his clock began a moment before the command's own, so the last tenth of his time is not used.</summary>
    public bool IsTooLate(PendingCommand pending) => pending.Age > 0.9 * options.AnswerWithin;

    /// <summary>Whether a command is for an account that the database counts among this shard's, but that was not there when the state was read: it was handed over since.</summary>
    public async Task<bool> Misses(ShardState state, IReadOnlyList<ShardWork> work, CancellationToken ct)
    {
        var unknown = work.Select(one => one.Other).OfType<PendingCommand>().Select(one => one.Command.Account).Where(id => !state.Seats.ContainsKey(id)).ToHashSet();
        return unknown.Count > 0 && await reader.HasAny(state.Number, unknown, ct);
    }

    /// <summary>First outcomes of client ids seen before, and the seats of accounts about to be opened.</summary>
    public async Task<CommitLookup> Known(ShardState state, IReadOnlyList<PendingCommand> pending, CancellationToken ct)
    {
        if (pending.Count == 0) return Nothing;

        var unseated = pending.Select(one => one.Command).OfType<OpenAccount>().Select(command => command.Account).Where(id => !state.Seats.ContainsKey(id)).ToHashSet();
        var seats = unseated.Count == 0 ? [] : await reader.ReadSeats(unseated, ct);
        // As with a commit, a stop does not break it off: a connection given back in the middle of an answer was seen to spoil the next one's.
        await Hear(state, pending, CancellationToken.None);
        var asked = pending.Select(one => one.Command).Where(command => state.Seats.ContainsKey(command.Account) && state.Heard.MayHold(command.Account, command.ClientId))
            .Select(command => (state.Seats[command.Account].TenantId, command.Account, command.ClientId)).Distinct().ToList();
        return new CommitLookup(await commands.Find(asked, CancellationToken.None), seats.ToDictionary(seat => seat.Id));
    }

    /// <summary>The ids of accounts that send their first command since the state was read; those of few great accounts at a time, so that no batch waits long for them.</summary>
    private async Task Hear(ShardState state, IReadOnlyList<PendingCommand> pending, CancellationToken ct)
    {
        List<AccountSeat>? first = null;
        var expected = 0L;
        foreach (var account in pending.Select(one => one.Command.Account).Distinct())
        {
            if (state.Heard.IsAsked(account) || !state.Seats.TryGetValue(account, out var seat)) continue;
            // Nearly every command leaves an entry of the journal.
            expected += Math.Min(seat.JournalLength, HeardIds.MostOfAccount);
            if (expected > MostHeardAtOnce && first is not null) break;
            (first ??= []).Add(seat);
        }

        if (first is null) return;
        var ids = await commands.IdsOf(first, ct);
        foreach (var seat in first) state.Heard.Take(seat.Id, [.. ids[seat.Id]]);
    }

    /// <summary>Time for the commit that keeps quotes without effect, and the lease. By the machine's own clock: a replay's hours pass in seconds.</summary>
    public bool IsQuietCommitDue => Stopwatch.GetElapsedTime(_committedAt) >= options.QuietCommit;

    /// <summary>One round trip, one transaction: the lease is checked first, so a shard that was taken over writes nothing.</summary>
    public async Task<bool> Write(ShardState state, ShardBatch rows, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        await using var batch = source.CreateBatch();
        // A day's start of a hundred thousand accounts is one commit too: it may take a second more for each thousand rows.
        var isGreat = rows.Rows.Count > GreatCommit;
        batch.Timeout = (int)Math.Ceiling(options.CommitTimeout.TotalSeconds) + rows.Rows.Count / 1000;
        var hold = new NpgsqlBatchCommand("select hold_shard($1, $2, $3, $4)");
        hold.Parameters.Add(new() { Value = state.Number });
        hold.Parameters.Add(new() { Value = state.Epoch });
        hold.Parameters.Add(new() { Value = state.Engine.Now == default ? DBNull.Value : state.Engine.Now, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        hold.Parameters.Add(new() { Value = options.Lease });
        batch.BatchCommands.Add(hold);
        foreach (var statement in rows.Rows.Statements()) batch.BatchCommands.Add(statement);
        if (isGreat) batch.BatchCommands.Add(RenewLease(state));

        // A stop of the host does not interrupt a commit: its outcome would be unknown for nothing.
        var mustReload = await batch.ExecuteScalarAsync(CancellationToken.None) is true;
        _committedAt = Stopwatch.GetTimestamp();
        LastDuration = Stopwatch.GetElapsedTime(started);
        Count++;
        return !mustReload;
    }

    /// <summary>The lease was extended by the first statement of a commit that may have outlived it; whoever waited for the row would take the shard from a process that is well.</summary>
    private NpgsqlBatchCommand RenewLease(ShardState state) => new("update engine_shards set leased_until = clock_timestamp() + $1 where shard = $2 and epoch = $3")
    {
        Parameters = { new() { Value = options.Lease }, new() { Value = state.Number }, new() { Value = state.Epoch } },
    };

    public void EndPictures(ShardState state) => views.End(state.Seats.ContainsKey);

    public void Publish(ShardState state, IReadOnlySet<AccountId> changed)
    {
        var isRound = clock.GetElapsedTime(_viewedAt) >= BetweenViews;
        if (isRound) _viewedAt = clock.GetTimestamp();
        views.Publish(state, changed, isRound);
    }
}
