using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Database;

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
    private readonly Task _run;

    private DeskApart(int number, Shard shard, LiveViews views, NpgsqlDataSource source)
    {
        (Number, _source) = (number, source);
        Desk = new TradingDesk([shard], views);
        _run = Task.Run(() => shard.Run(_stop.Token));
    }

    public int Number { get; }
    public TradingDesk Desk { get; }

    public static DeskApart Start(IServiceProvider services, TradingOptions options, int number, TimeProvider clock)
    {
        var source = services.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.EngineRole);
        var views = new LiveViews();
        return new DeskApart(number, TradingModule.NewShard(source, options, number, views, clock, services.GetRequiredService<ILogger<Shard>>()), views, source);
    }

    /// <summary>Gives all accounts to the live shards, whose owners read their state again at their next commit.</summary>
    public async Task HandOver(CancellationToken ct)
    {
        await using var batch = _source.CreateBatch();
        var give = new NpgsqlBatchCommand("update trading_accounts set shard_apart = null where shard_apart = $1") { Parameters = { new() { Value = Number } } };
        batch.BatchCommands.Add(give);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"update engine_shards set must_reload = true where shard < {FirstNumber}"));
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Stops after the batch at hand and gives the lease back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }
}
