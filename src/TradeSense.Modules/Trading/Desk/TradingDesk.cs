using System.Runtime.CompilerServices;
using TradeSense.Engine;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Instruments;
using TradeSense.Engine.Orders;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>
/// The way to the engine for everyone in this process, wherever the shards run: commands in, outcomes after their commit, pictures of accounts. It knows
/// no tenants: whoever sends a command has checked whose account it is.
/// </summary>
public sealed class TradingDesk
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly ShardFleet _fleet;
    private readonly DeskRouter _router;
    private readonly LiveViews _views;
    private readonly TradingOptions _options;

    internal TradingDesk(ShardFleet fleet, DeskRouter router, LiveViews views, TradingOptions options) => (_fleet, _router, _views, _options) = (fleet, router, views, options);

    /// <summary>The shards of this process.</summary>
    public IReadOnlyList<ShardHealth> Health => [.. _fleet.Shards.Select(shard => shard.Health)];

    /// <summary>The command's outcome, once it is durable. The command's own time is replaced by the shard's.</summary>
    /// <exception cref="UnknownOutcomeException">No outcome in time; the same command with the same client id tells it later, and has one effect in all.</exception>
    public async Task<CommandOutcome> Send(AccountCommand command, CancellationToken ct)
    {
        try
        {
            return await _router.Ask(_fleet.ShardOf(command.Account), new SendCommand(command), _options.AnswerWithin, ct);
        }
        catch (ShardAwayException)
        {
            return new CommandOutcome.Refused(RejectReason.Busy);
        }
        catch (TimeoutException late)
        {
            throw new UnknownOutcomeException(command.ClientId, late);
        }
    }

    /// <summary>An accepted quote, to every shard of this process; waits while one has no room. A shard that another process serves hears it there.</summary>
    public async ValueTask Take(Quote quote, CancellationToken ct)
    {
        foreach (var shard in _fleet.Shards) await shard.Hear(quote, ct);
    }

    /// <summary>Last known quotes for shards that never heard of their symbols: a closed market has a price too, which converts the profit of an open one.</summary>
    public async Task TakeMissing(IReadOnlyList<Quote> known, CancellationToken ct)
    {
        foreach (var shard in _fleet.Shards.Where(shard => shard.IsServing))
        {
            var missing = await shard.Ask(state => known.Where(quote => state.Engine.LastQuote(quote.Symbol) is null).ToList(), ct);
            foreach (var quote in missing) await shard.Hear(quote, ct);
        }
    }

    /// <summary>Time has come this far: what that causes, day starts above all, is committed when the task ends.</summary>
    public Task AdvanceTo(DateTimeOffset at, CancellationToken ct) => AskAll(new HearTime(at.ToUniversalTime()), ct, _options.DayStartWithin);

    /// <summary>The listed events that news rules refer to, all of them, to every shard.</summary>
    public Task HearNews(IReadOnlyList<NewsEvent> events, CancellationToken ct) => AskAll(new HearNews(events), ct);

    /// <summary>The clock's beat. A shard with a full queue has other work than hearing the time.</summary>
    internal void Beat(DateTimeOffset now)
    {
        foreach (var shard in _fleet.Shards) shard.TryPost(new Tick(now, isAwaited: false));
    }

    /// <summary>The account at the current quotes; null when the engine does not know it (yet), or nobody serves it at the moment.</summary>
    public async Task<AccountView?> View(AccountId account, CancellationToken ct) => await Look(account, new ViewAccount(account), ct);

    /// <summary>What an order would mean now; null when it cannot be valued.</summary>
    public async Task<OrderEstimate?> Estimate(AccountId account, OrderSketch sketch, CancellationToken ct) => await Look(account, new EstimateOrder(account, sketch), ct);

    /// <summary>The account's pictures while they change, the current one first. Conflated: at most some four a second, always the newest.</summary>
    public async IAsyncEnumerable<AccountView> Watch(AccountId account, [EnumeratorCancellation] CancellationToken ct)
    {
        var seen = await View(account, ct);
        if (seen is not null) yield return seen;
        while (!ct.IsCancellationRequested)
        {
            // Ends when the shard leaves this process, for a moment or for good; elsewhere it is looked at from time to time.
            if (_fleet.Local(_fleet.ShardOf(account)) is { } here)
                await foreach (var view in _views.Watch(account, () => here.IsServing, ct)) yield return seen = view;

            await Task.Delay(BetweenLooks, ct);
            if (await View(account, ct) is not { } looked || looked.AsOf == seen?.AsOf) continue;
            yield return seen = looked;
        }
    }

    /// <summary>Lots open per symbol over all accounts of a tenant.</summary>
    public async Task<IReadOnlyList<SymbolExposure>> Exposure(Guid tenantId, CancellationToken ct)
    {
        var all = await AskAll(new SumExposure(tenantId), ct);
        return [.. all.SelectMany(part => part).GroupBy(part => part.Symbol)
            .Select(symbol => new SymbolExposure(symbol.Key, new Lots(symbol.Sum(part => part.Long.Value)), new Lots(symbol.Sum(part => part.Short.Value)))).OrderBy(part => part.Symbol, StringComparer.Ordinal)];
    }

    /// <summary>The durable state's fingerprint, one for each shard: the same after a restart.</summary>
    public async Task<IReadOnlyList<string>> StateHashes(CancellationToken ct) => await AskAll(new HashState(), ct);

    private Task<T[]> AskAll<T>(DeskQuestion<T> question, CancellationToken ct, TimeSpan? within = null) =>
        Task.WhenAll(Enumerable.Range(0, Math.Max(1, _fleet.Spread)).Select(shard => _router.Ask(shard, question, within ?? _options.AnswerWithin, ct)));

    private async Task<T?> Look<T>(AccountId account, DeskQuestion<T> question, CancellationToken ct)
    {
        try
        {
            return await _router.Ask(_fleet.ShardOf(account), question, _options.LookWithin, ct);
        }
        catch (Exception error) when (error is ShardAwayException or TimeoutException)
        {
            return default;
        }
    }
}
