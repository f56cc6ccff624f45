using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Payouts.Gateways;

namespace TradeSense.Modules.Payouts;

public static class PayoutsModule
{
    public static IServiceCollection AddPayouts(this IServiceCollection services) => services
        .AddScoped<PayoutFactsReader>().AddScoped<PayoutQuote>().AddScoped<ReducedTrades>().AddScoped<PayoutList>().AddScoped<PayoutQueue>().AddScoped<PayoutCase>()
        .AddScoped<RequestPayout>().AddScoped<ReservePayout>().AddScoped<ReleaseReserve>().AddScoped<ApprovePayout>().AddScoped<ChangePayoutLimit>().AddScoped<RejectPayout>().AddScoped<TellTrader>().AddScoped<WarnOfPayoutClocks>()
        .AddScoped<IOutboxHandler, WithdrawProfit>().AddScoped<IOutboxHandler, ReturnProfit>().AddScoped<IOutboxHandler, SettlePayout>()
        .AddScoped<IPayoutGateway, ManualBank>()
        .AddTenantJob<WarnOfPayoutClocksJob>(new JobSchedule.Cron("0 */5 * * * ?"));
}
