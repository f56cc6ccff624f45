using System.Runtime.CompilerServices;
using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>
/// The way to the engine for everyone in this process: commands in, outcomes after their commit, pictures of accounts. It knows no tenants: whoever
/// sends a command has checked whose account it is.
/// </summary>
public sealed class TradingDesk
{
    private readonly Shard[] _shards;
    private readonly LiveViews _views;

    internal TradingDesk(IEnumerable<Shard> shards, LiveViews views) => (_shards, _views) = ([.. shards], views);

    public IReadOnlyList<ShardHealth> Health => [.. _shards.Select(shard => shard.Health)];

    /// <summary>The command's outcome, once it is durable. The command's own time is replaced by the shard's.</summary>
    /// <exception cref="OperationCanceledException">The process stops before the outcome is known; the client id will tell it later.</exception>
    public Task<CommandOutcome> Send(AccountCommand command, CancellationToken ct)
    {
        var pending = new PendingCommand(command);
        return ShardOf(command.Account).TryPost(pending)
            ? pending.Caller.Task.WaitAsync(ct)
            : Task.FromResult<CommandOutcome>(new CommandOutcome.Refused(RejectReason.Busy));
    }

    /// <summary>An accepted quote, to every shard; waits while a shard has no room.</summary>
    public async ValueTask Take(Quote quote, CancellationToken ct)
    {
        foreach (var shard in _shards) await shard.Post(quote, ct);
    }

    /// <summary>Last known quotes for shards that never heard of their symbols: a closed market has a price too, which converts the profit of an open one.</summary>
    public async Task TakeMissing(IReadOnlyList<Quote> known, CancellationToken ct)
    {
        foreach (var shard in _shards)
        {
            var missing = await Ask(shard, state => known.Where(quote => state.Engine.LastQuote(quote.Symbol) is null).ToList(), ct);
            foreach (var quote in missing) await shard.Post(quote, ct);
        }
    }

    /// <summary>Time has come this far: what that causes, day starts above all, is committed when the task ends.</summary>
    public async Task AdvanceTo(DateTimeOffset at, CancellationToken ct)
    {
        var ticks = new List<Task>(_shards.Length);
        foreach (var shard in _shards)
        {
            var tick = new Tick(at.ToUniversalTime(), isAwaited: true);
            await shard.Post(tick, ct);
            ticks.Add(tick.Done.Task.WaitAsync(ct));
        }

        await Task.WhenAll(ticks);
    }

    /// <summary>The clock's beat. A shard with a full queue has other work than hearing the time.</summary>
    internal void Beat(DateTimeOffset now)
    {
        foreach (var shard in _shards) shard.TryPost(new Tick(now, isAwaited: false));
    }

    /// <summary>The account at the current quotes; null when the engine does not know it (yet).</summary>
    public Task<AccountView?> View(AccountId account, CancellationToken ct) =>
        ShardOf(account) is { IsAway: false } shard ? Ask(shard, state => state.Engine.View(account), ct) : Task.FromResult<AccountView?>(null);

    /// <summary>What an order would mean now; null when it cannot be valued.</summary>
    public Task<OrderEstimate?> Estimate(AccountId account, OrderSketch sketch, CancellationToken ct) => Ask(ShardOf(account), state => state.Engine.Estimate(account, sketch), ct);

    /// <summary>The account's pictures while they change, the current one first. Conflated: at most some four a second, always the newest.</summary>
    public async IAsyncEnumerable<AccountView> Watch(AccountId account, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await View(account, ct) is { } now) yield return now;
        await foreach (var view in _views.Watch(account, ct)) yield return view;
    }

    /// <summary>Lots open per symbol over all accounts of a tenant.</summary>
    public async Task<IReadOnlyList<SymbolExposure>> Exposure(Guid tenantId, CancellationToken ct)
    {
        var all = await Task.WhenAll(_shards.Select(shard =>
            Ask(shard, state => state.Engine.Exposure(id => state.Seats.TryGetValue(id, out var seat) && seat.TenantId == tenantId), ct)));
        return [.. all.SelectMany(part => part).GroupBy(part => part.Symbol)
            .Select(symbol => new SymbolExposure(symbol.Key, new Lots(symbol.Sum(part => part.Long.Value)), new Lots(symbol.Sum(part => part.Short.Value)))).OrderBy(part => part.Symbol, StringComparer.Ordinal)];
    }

    /// <summary>The durable state's fingerprint, one for each shard: the same after a restart.</summary>
    public async Task<IReadOnlyList<string>> StateHashes(CancellationToken ct) =>
        await Task.WhenAll(_shards.Select(shard => Ask(shard, state => state.Engine.StateHash(), ct)));

    private static async Task<T> Ask<T>(Shard shard, Func<ShardState, T> question, CancellationToken ct)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await shard.Post(new Look(state => answer.TrySetResult(question(state)), () => answer.TrySetCanceled(CancellationToken.None)), ct);
        return await answer.Task.WaitAsync(ct);
    }

    private Shard ShardOf(AccountId account) => _shards.Length == 1 ? _shards[0] : _shards[TradingAccount.ShardKeyOf(account.Value) % _shards.Length];
}
