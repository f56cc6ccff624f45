using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules.Database;
using TradeSense.Modules.Payments.Gateways;
using TradeSense.Modules.Payments.Gateways.Sandbox;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Payments;

public static class PaymentsModule
{
    public static IServiceCollection AddPayments(this IServiceCollection services)
    {
        services.AddScoped<StartCheckout>().AddScoped<OpenPaymentPage>().AddScoped<OrderList>().AddScoped<CheckoutOffer>();
        services.AddScoped<ReceiveWebhook>().AddScoped<CompletePayment>().AddScoped<SettleOrder>().AddScoped<HoldPayment>();
        services.AddScoped<HeldPayments>().AddScoped<ReleasePayment>().AddScoped<RefundPayment>();
        services.AddScoped<IOutboxHandler, HandlePaymentEvent>();
        services.AddScoped<GatewayAccounts>().AddScoped<GatewayList>().AddScoped<ChangeGateway>().AddScoped<ITenantSection, GatewaysSection>();

        services.AddScoped<IPaymentGateway, SandboxGateway>().AddScoped<PaySandboxSession>().AddScoped<SandboxPage>().AddScoped<ReportSandboxPayment>();
        services.AddScoped<IOutboxHandler, DeliverSandboxWebhook>();
        services.AddHttpClient(SandboxGateway.HttpClient, client => client.Timeout = TimeSpan.FromSeconds(10));
        return services;
    }
}
