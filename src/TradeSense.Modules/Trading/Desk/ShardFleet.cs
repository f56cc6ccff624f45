using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk.Links;
using TradeSense.Modules.Trading.Desk.Owners;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>The shards as this process knows them: over how many the accounts are spread, and, where it runs the engine, a loop for each that serves whenever it holds the lease.</summary>
internal sealed class ShardFleet
{
    private readonly IServiceProvider? _services;
    private readonly TradingOptions _options;
    private volatile Shard[] _shards;

    public ShardFleet(IServiceProvider services, TradingOptions options) => (_services, _options, _shards) = (services, options, []);

    /// <summary>A single shard of an engine that runs apart.</summary>
    public ShardFleet(Shard alone, TradingOptions options) => (_options, _shards, Spread) = (options, [alone], 1);

    /// <summary>Over how many shards the accounts are spread; 0 before that was read.</summary>
    public int Spread { get; private set; }

    /// <summary>Empty in a process that does not run the engine.</summary>
    public IReadOnlyList<Shard> Shards => _shards;

    public int ShardOf(AccountId account) => Spread <= 1 ? 0 : TradingAccount.ShardKeyOf(account.Value) % Spread;

    /// <summary>A process without the engine hears of a new spread by finding a shard away. True when there was one.</summary>
    public async Task<bool> Learn(CancellationToken ct)
    {
        if (_services is null || _options.RunEngine) return false;

        var known = Spread;
        Spread = await ShardLayout.Read(_services.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.EngineRole), _options, ct);
        return Spread != known;
    }

    public Shard? Local(int shard) => _shards.Length == 1 && Spread == 1 ? _shards[0] : shard < _shards.Length ? _shards[shard] : null;

    /// <summary>Reads the spread, changes it where this process was told another and may, and makes the shards.</summary>
    public async Task Assemble(CancellationToken ct)
    {
        var services = _services ?? throw new InvalidOperationException("A shard that runs apart is assembled from the start.");
        var source = services.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.EngineRole);
        var spread = await ShardLayout.Read(source, _options, ct);
        if (_options.RunEngine && _options.Shards is { } wanted && wanted != spread && await Change(services, source, spread, wanted, ct)) spread = wanted;

        Spread = spread;
        if (_options.RunEngine) _shards = [.. Enumerable.Range(0, spread).Select(number => New(services, _options, number, spread))];
    }

    /// <summary>Runs every shard until the host stops. When another process has spread the accounts anew, the shards are made again.</summary>
    public async Task Run(CancellationToken stop)
    {
        var services = _services ?? throw new InvalidOperationException("A shard that runs apart is run by itself.");
        var log = services.GetRequiredService<ILogger<ShardFleet>>();
        var share = new ShardShare(services.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.EngineRole), log);
        while (!stop.IsCancellationRequested)
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var running = _shards.Select(shard => Task.Run(() => shard.Run(end.Token), CancellationToken.None)).ToList();
            running.Add(share.Run(() => _shards.All(shard => shard.IsServing), end.Token));
            try
            {
                while (running.Count > 0)
                {
                    var ended = await Task.WhenAny(running);
                    running.Remove(ended);
                    await ended;
                }
            }
            catch (PostgresException error) when (error.SqlState == ShardLease.SpreadState)
            {
                await end.CancelAsync();
                await WhenAllHeardOf(running);
                await log.Outlast(Assemble, stop);
            }
        }
    }

    /// <summary>Each finds the new spread by itself, some of them before they are told to end.</summary>
    private static async Task WhenAllHeardOf(IEnumerable<Task> running)
    {
        foreach (var shard in running)
        {
            try
            {
                await shard;
            }
            catch (PostgresException error) when (error.SqlState == ShardLease.SpreadState)
            {
                // It says what is known already.
            }
        }
    }

    public static Shard New(IServiceProvider services, TradingOptions options, int number, int spread, LiveViews? views = null, TimeProvider? clock = null)
    {
        var source = services.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.EngineRole);
        var reader = new ShardReader(source, options, spread);
        var commit = new ShardCommit(
            source, options, reader, new KnownCommands(source), views ?? services.GetRequiredService<LiveViews>(), clock ?? services.GetRequiredService<TimeProvider>());
        var lease = new ShardLease(source, options, spread, services.GetRequiredService<DeskAddress>().Value);
        return new Shard(number, options, lease, reader, commit, services.GetRequiredService<ILogger<Shard>>());
    }

    private async Task<bool> Change(IServiceProvider services, NpgsqlDataSource source, int from, int to, CancellationToken ct)
    {
        var log = services.GetRequiredService<ILogger<ShardFleet>>();
        var reader = new ShardReader(source, _options, from);
        var commit = new ShardCommit(source, _options, reader, new KnownCommands(source), services.GetRequiredService<LiveViews>(), services.GetRequiredService<TimeProvider>());
        var layout = new ShardLayout(source, new ShardLease(source, _options, from, ""), reader, commit, log);
        if (await layout.Change(from, to, ct)) return true;

        log.LogWarning("Trading:Shards is {Wanted}, but another process runs shards of the present {Spread}: they stay until a start finds none running", to, from);
        return false;
    }
}
