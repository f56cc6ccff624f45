using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Trading;

public static class TradingModule
{
    public static IServiceCollection AddTrading(this IServiceCollection services, TradingOptions options)
    {
        services.AddSingleton(options).AddSingleton<LiveViews>();
        services.AddSingleton(provider => new ShardSet([.. Enumerable.Range(0, options.Shards).Select(number => NewShard(provider, options, number))]));
        services.AddSingleton(provider => new TradingDesk(provider.GetRequiredService<ShardSet>().Shards, provider.GetRequiredService<LiveViews>()));
        services.AddHostedService<TradingHost>();

        services.AddScoped<OpenTradingAccount>().AddScoped<IOutboxHandler, SendOpening>();
        return services;
    }

    internal static Shard NewShard(IServiceProvider provider, TradingOptions options, int number)
    {
        var source = provider.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.EngineRole);
        var reader = new ShardReader(source, options);
        var commit = new ShardCommit(source, options, reader, new KnownCommands(source), provider.GetRequiredService<LiveViews>(), provider.GetRequiredService<TimeProvider>());
        return new Shard(number, options, new ShardLease(source, options), reader, commit, provider.GetRequiredService<ILogger<Shard>>());
    }
}
