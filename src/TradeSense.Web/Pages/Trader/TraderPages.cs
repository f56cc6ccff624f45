using TradeSense.Web.Pages.Site;
using TradeSense.Web.Pages.Site.Calculators;
using TradeSense.Web.Pages.Trader.Accounts;
using TradeSense.Web.Pages.Trader.Terminal;

namespace TradeSense.Web.Pages.Trader;

internal static class TraderPages
{
    /// <summary>What the trader's pages are put together from.</summary>
    public static IServiceCollection AddTraderPages(this IServiceCollection services) => services
        .AddHomeProof().AddScoped<Site.Verify.FileDesk>().AddScoped<AccountScreen>().AddScoped<AccountNow>().AddScoped<AccountPage>().AddScoped<AccountReading>().AddScoped<LiveAccount>()
        .AddScoped<TerminalScreen>().AddScoped<TicketDesk>().AddScoped<TicketReader>().AddScoped<PlaceTicket>().AddSingleton<QuoteFrames>().AddScoped<LiveDeals>().AddScoped<LiveTerminal>().AddScoped<TerminalStart>().AddScoped<DealWords>().AddScoped<Alerts.LiveAlerts>().AddScoped<Calendar.CalendarDesk>()
        .AddSingleton<CalculatorSums>().AddScoped<CalculatorAnswers>().AddScoped<CalculatorDesk>().AddScoped<DrawdownDesk>();
}
