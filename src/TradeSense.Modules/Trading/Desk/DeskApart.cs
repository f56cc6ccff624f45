using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Desk.Owners;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>
/// An engine beside the live one, with accounts, quotes and a clock of its own: it lives through past days or recorded quotes by the same code, and
/// its accounts can be handed to the live shards afterwards.
/// </summary>
public sealed class DeskApart : IAsyncDisposable
{
    /// <summary>Numbers from here on are shards apart; the live ones count from 0.</summary>
    public const int FirstNumber = 1000;

    private readonly CancellationTokenSource _stop = new();
    private readonly NpgsqlDataSource _source;
    private readonly TradingOptions _options;
    private readonly Task _run;

    private DeskApart(int number, Shard shard, LiveViews views, NpgsqlDataSource source, TradingOptions options)
    {
        (Number, _source, _options) = (number, source, options);
        var fleet = new ShardFleet(shard, options);
        Desk = new TradingDesk(fleet, new DeskRouter(fleet, options), views, options);
        _run = Task.Run(() => shard.Run(_stop.Token));
    }

    public int Number { get; }
    public TradingDesk Desk { get; }

    public static DeskApart Start(IServiceProvider services, TradingOptions options, int number, TimeProvider clock)
    {
        var source = services.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.EngineRole);
        var views = new LiveViews();
        return new DeskApart(number, ShardFleet.New(services, options, number, spread: 1, views, clock), views, source, options);
    }

    /// <summary>
    /// Gives all accounts to the live shards, with the quotes their positions stand on; the owners read their state again at their next commit. Nothing can be done here afterwards.
    /// </summary>
    public async Task HandOver(CancellationToken ct)
    {
        var spread = await ShardLayout.Read(_source, _options, ct);
        await using var batch = _source.CreateBatch();
        foreach (var sql in (string[])
                 [
                     $"insert into engine_shards (shard, owner, epoch, leased_until) select n, '', 0, '-infinity' from generate_series(0, {spread - 1}) as n on conflict do nothing",
                     $"update engine_shards live set engine_now = apart.engine_now from engine_shards apart where apart.shard = {Number} and live.shard < {FirstNumber} and live.engine_now is null",
                     $"""
                     insert into shard_quotes (shard, symbol, at, bid, ask)
                     select live.shard, q.symbol, q.at, q.bid, q.ask from shard_quotes q cross join engine_shards live where q.shard = {Number} and live.shard < {FirstNumber}
                     on conflict do nothing
                     """,
                     $"update trading_accounts set shard_apart = null where shard_apart = {Number}",
                     $"update engine_shards set must_reload = true where shard < {FirstNumber}",
                 ])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await batch.ExecuteNonQueryAsync(ct);
        await Forget(ct);
    }

    /// <summary>The time it reached and its quotes go, so that the next one may begin before them.</summary>
    private async Task Forget(CancellationToken ct)
    {
        await Stop();
        await using var batch = _source.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"delete from shard_quotes where shard = {Number}"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"update engine_shards set engine_now = null where shard = {Number}"));
        await batch.ExecuteNonQueryAsync(ct);
    }

    private async Task Stop()
    {
        await _stop.CancelAsync();
        await _run;
    }

    /// <summary>Stops after the batch at hand and gives the lease back.</summary>
    public async ValueTask DisposeAsync()
    {
        await Stop();
        _stop.Dispose();
    }
}
