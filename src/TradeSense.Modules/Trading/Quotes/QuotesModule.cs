using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using TradeSense.Engine.Instruments;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Quotes.Archive;
using TradeSense.Modules.Trading.Quotes.Bars;
using TradeSense.Modules.Trading.Quotes.Feeds;
using TradeSense.Modules.Trading.Quotes.Feeds.Live;
using TradeSense.Modules.Trading.Quotes.Feeds.Live.Fix;
using TradeSense.Modules.Trading.Quotes.Feeds.Synthetic;
using TradeSense.Modules.Trading.Quotes.Filter;
using TradeSense.Modules.Trading.Quotes.Standing;

namespace TradeSense.Modules.Trading.Quotes;

public static class QuotesModule
{
    public static IServiceCollection AddQuotes(this IServiceCollection services, QuotesOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => new SimulatedMarket(options.Seed));
        services.AddSingleton(provider => provider.GetRequiredService<SimulatedMarket>().Calendar);
        services.AddSingleton<LatestQuotes>().AddSingleton<LiveBars>().AddSingleton(provider => new OlderBars(provider.GetRequiredService<SimulatedMarket>(), options.Feed != FeedKind.Live)).AddSingleton<QuoteMemory>();
        services.AddSingleton<IQuoteFeed>(provider => Feed(provider, options));
        services.AddSingleton(new QuoteFilter(InstrumentCatalog.All.Select(instrument => instrument.Symbol), options));
        services.AddSingleton<QuoteArchive>().AddSingleton<ArchivedQuotes>();
        services.AddSingleton(provider => new ChartBars(
            provider.GetRequiredKeyedService<NpgsqlDataSource>(DatabaseOptions.AppRole),
            provider.GetRequiredService<LiveBars>(), provider.GetRequiredService<OlderBars>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new QuotePipeline(
            provider.GetRequiredService<IQuoteFeed>(), provider.GetRequiredService<QuoteFilter>(), provider.GetRequiredService<QuoteMemory>(),
            provider.GetRequiredService<QuoteArchive>(), options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<FeedStanding>().AddSingleton<QuoteOutcomeTable>();
        return services;
    }

    private static IQuoteFeed Feed(IServiceProvider provider, QuotesOptions options) => options.Feed switch
    {
        FeedKind.Synthetic => new SyntheticFeed(provider.GetRequiredService<SimulatedMarket>(), options, provider.GetRequiredService<TimeProvider>()),
        FeedKind.Replay => new ReplayFeed(options, provider.GetRequiredService<TimeProvider>()),
        FeedKind.Live => new LiveFeed(options.Live, Venues(options.Live), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<LiveFeed>>()),
        _ => throw new InvalidOperationException($"There is no feed '{options.Feed}'."),
    };

    private static IReadOnlyList<IVenue> Venues(LiveOptions options)
    {
        IVenue[] all = [new Binance(options), new Polygon(options), new FixBridge(options)];
        return [.. all.Where(venue => options.Uses(venue.Name))];
    }
}
