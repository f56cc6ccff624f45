using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.History;
using TradeSense.Modules.Trading.Orders;

namespace TradeSense.Modules.Trading;

public static class TradingModule
{
    public static IServiceCollection AddTrading(this IServiceCollection services, TradingOptions options)
    {
        services.AddSingleton(options).AddSingleton<LiveViews>();
        services.AddSingleton(provider => new ShardSet([.. Enumerable.Range(0, options.Shards).Select(number => NewShard(
            provider.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.EngineRole), options, number, provider.GetRequiredService<LiveViews>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Shard>>()))]));
        services.AddSingleton(provider => new TradingDesk(provider.GetRequiredService<ShardSet>().Shards, provider.GetRequiredService<LiveViews>()));
        services.AddHostedService<TradingHost>();

        services.AddScoped<OpenTradingAccount>().AddScoped<IOutboxHandler, SendOpening>();
        services.AddScoped<SendOrder>().AddScoped<PlaceMarketOrder>().AddScoped<ClosePosition>().AddScoped<CloseAllPositions>().AddScoped<ModifyPosition>();
        services.AddScoped<PlacePendingOrder>().AddScoped<PlaceBracket>().AddScoped<PlaceOco>().AddScoped<PlaceScaled>().AddScoped<ModifyOrder>().AddScoped<CancelOrder>();
        services.AddScoped<CancelAllOrders>().AddScoped<ReversePosition>().AddScoped<SetTrailingStop>().AddScoped<SetBreakeven>().AddScoped<SetTimeStop>();
        services.AddScoped<TraderAccounts>().AddScoped<AccountPicture>().AddScoped<TradeList>().AddScoped<EquityCurve>().AddScoped<DayCalendar>().AddScoped<JournalList>();
        return services;
    }

    internal static Shard NewShard(NpgsqlDataSource source, TradingOptions options, int number, LiveViews views, TimeProvider clock, ILogger<Shard> log)
    {
        var reader = new ShardReader(source, options);
        var commit = new ShardCommit(source, options, reader, new KnownCommands(source), views, clock);
        return new Shard(number, options, new ShardLease(source, options), reader, commit, log);
    }
}
