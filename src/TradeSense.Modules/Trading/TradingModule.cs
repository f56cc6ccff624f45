using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.Api;
using TradeSense.Modules.Trading.Calculators;
using TradeSense.Modules.Trading.Calendar;
using TradeSense.Modules.Trading.Desk;
using TradeSense.Modules.Trading.Desk.Links;
using TradeSense.Modules.Trading.Desk.Owners;
using TradeSense.Modules.Trading.History;
using TradeSense.Modules.Trading.Orders;
using TradeSense.Modules.Trading.Terminal;

namespace TradeSense.Modules.Trading;

public static class TradingModule
{
    public static IServiceCollection AddTrading(this IServiceCollection services, TradingOptions options)
    {
        services.AddSingleton(options).AddSingleton<LiveViews>().AddSingleton<ShardOwners>().AddSingleton<ShardStanding>();
        services.AddSingleton<DeskAddress>().AddSingleton<DeskLinks>().AddSingleton<QuoteFan>().AddSingleton<DeskServer>();
        services.AddSingleton(provider => new ShardFleet(provider, options));
        services.AddSingleton(provider => new DeskRouter(
            provider.GetRequiredService<ShardFleet>(), options, provider.GetRequiredService<ShardOwners>(), provider.GetRequiredService<DeskLinks>()));
        services.AddSingleton(provider => new TradingDesk(
            provider.GetRequiredService<ShardFleet>(), provider.GetRequiredService<DeskRouter>(), provider.GetRequiredService<LiveViews>(), options));
        services.AddHostedService<TradingHost>().AddSingleton<FeedFollower>().AddHostedService<FeedHost>();

        services.AddScoped<AccountPast>();
        services.AddScoped<OpenTradingAccount>().AddScoped<IOutboxHandler, SendOpening>();
        services.AddSingleton<OrderSubjects>().AddScoped<SendOrder>().AddScoped<PlaceMarketOrder>().AddScoped<ClosePosition>().AddScoped<CloseAllPositions>().AddScoped<ModifyPosition>();
        services.AddScoped<PlacePendingOrder>().AddScoped<PlaceBracket>().AddScoped<PlaceOco>().AddScoped<PlaceScaled>().AddScoped<ModifyOrder>().AddScoped<CancelOrder>();
        services.AddScoped<CancelAllOrders>().AddScoped<ReversePosition>().AddScoped<SetTrailingStop>().AddScoped<SetBreakeven>().AddScoped<SetTimeStop>();
        services.AddScoped<TraderAccounts>().AddScoped<AccountPicture>().AddScoped<ListNews>().AddScoped<ListedNews>().AddScoped<TradeList>().AddScoped<EquityCurve>().AddScoped<DayCalendar>().AddScoped<JournalList>().AddSingleton<JournalTail>();
        services.AddScoped<TerminalItems>().AddScoped<SaveTerminalItem>().AddScoped<RemoveTerminalItem>().AddSingleton<FloorPrice>();
        services.AddSingleton<PositionSize>().AddSingleton<PipValue>().AddSingleton<MarginNeed>().AddSingleton<TradeProfit>();
        services.AddScoped<ReadCalendarFile>().AddScoped<CalendarImportDetail>().AddScoped<ApplyCalendarImport>().AddScoped<ChangeCalendarEvent>().AddScoped<RemoveCalendarEvent>().AddScoped<CalendarList>();
        services.AddScoped<CalendarChanges>().AddScoped<IOutboxHandler, OnCalendarChanged>();
        services.AddSingleton<ApiKeys>().AddScoped<ApiKeyList>().AddScoped<CreateApiKey>().AddScoped<RevokeApiKey>().AddScoped<CommandFate>();
        return services;
    }
}
