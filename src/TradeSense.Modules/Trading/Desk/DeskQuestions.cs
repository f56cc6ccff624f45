using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Something asked of one shard, wherever it runs: answered here, or sent under its name to the process that owns the shard.</summary>
internal abstract record DeskQuestion
{
    /// <summary>The account asked about, whose shard must be the one asked; null for questions to a whole shard.</summary>
    public virtual AccountId? About => null;

    public abstract Task<object?> Answer(Shard shard, CancellationToken ct);
}

internal abstract record DeskQuestion<T> : DeskQuestion
{
    public abstract Task<T> Ask(Shard shard, CancellationToken ct);

    public override async Task<object?> Answer(Shard shard, CancellationToken ct) => await Ask(shard, ct);
}

internal sealed record SendCommand(AccountCommand Command) : DeskQuestion<CommandOutcome>
{
    public override AccountId? About => Command.Account;

    public override Task<CommandOutcome> Ask(Shard shard, CancellationToken ct)
    {
        var pending = new PendingCommand(Command);
        return shard.TryPost(pending) ? pending.Caller.Task.WaitAsync(ct) : Task.FromResult<CommandOutcome>(new CommandOutcome.Refused(RejectReason.Busy));
    }
}

internal sealed record ViewAccount(AccountId Account) : DeskQuestion<AccountView?>
{
    public override AccountId? About => Account;

    public override Task<AccountView?> Ask(Shard shard, CancellationToken ct) => shard.Ask(state => state.Engine.View(Account), ct);
}

internal sealed record EstimateOrder(AccountId Account, OrderSketch Sketch) : DeskQuestion<OrderEstimate?>
{
    public override AccountId? About => Account;

    public override Task<OrderEstimate?> Ask(Shard shard, CancellationToken ct) => shard.Ask(state => state.Engine.Estimate(Account, Sketch), ct);
}

internal sealed record SumExposure(Guid Tenant) : DeskQuestion<IReadOnlyList<SymbolExposure>>
{
    public override Task<IReadOnlyList<SymbolExposure>> Ask(Shard shard, CancellationToken ct) =>
        shard.Ask(state => state.Engine.Exposure(id => state.Seats.TryGetValue(id, out var seat) && seat.TenantId == Tenant), ct);
}

internal sealed record HashState : DeskQuestion<string>
{
    public override Task<string> Ask(Shard shard, CancellationToken ct) => shard.Ask(state => state.Engine.StateHash(), ct);
}

/// <summary>The listed events are these now. They are no state of the shard's: it reads them again whenever it reads that.</summary>
internal sealed record HearNews(IReadOnlyList<NewsEvent> Events) : DeskQuestion<bool>
{
    public override Task<bool> Ask(Shard shard, CancellationToken ct) => shard.Ask(
        state =>
        {
            state.Engine.Apply(new NewsInput(state.Engine.Now, Events), []);
            return true;
        }, ct);
}

/// <summary>Time has come this far; answered when what that causes is committed.</summary>
internal sealed record HearTime(DateTimeOffset At) : DeskQuestion<bool>
{
    public override async Task<bool> Ask(Shard shard, CancellationToken ct)
    {
        var tick = new Tick(At, isAwaited: true);
        await shard.Post(tick, ct);
        await tick.Done.Task.WaitAsync(ct);
        return true;
    }
}
