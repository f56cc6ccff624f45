using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TradeSense.Modules;
using TradeSense.Modules.Challenges;
using TradeSense.Modules.Database;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payments;
using TradeSense.Modules.Payments.Gateways;
using TradeSense.Modules.Payments.Gateways.Sandbox;
using TradeSense.Tests.Fixture;

namespace TradeSense.Tests.Payments;

/// <summary>Steps that tests of orders and payments share.</summary>
internal static class PaymentScenes
{
    public const string Offer = "/checkout?model=stellar-2-step&size=100000";

    public static readonly object GoodCard = new { Number = "4242 4242 4242 4242", Expiry = "12/99", SecurityCode = "123" };

    /// <summary>An order waiting for its payment, with the sandbox's page open.</summary>
    public static async Task<Order> PlaceOrder(this TestFirm firm, TestPerson trader, Guid? version = null)
    {
        var id = await firm.Run(async services =>
        {
            var offer = (await services.GetRequiredService<CheckoutOffer>().Read(version, "stellar-2-step", 100_000m, default))!;
            var order = await services.GetRequiredService<StartCheckout>().Run(new(trader.Id, offer.ModelVersionId, 100_000m, offer.Price.Amount, Guid.CreateVersion7()), default);
            await services.GetRequiredService<TradeSenseDb>().SaveChangesAsync();
            Assert.Null((await services.GetRequiredService<OpenPaymentPage>().Run(order.Value, trader.Id, default)).Refusal);
            return order.Value;
        });
        return await firm.Order(id);
    }

    public static Task<Order> Order(this TestFirm firm, Guid id) => firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<Order>().SingleAsync(order => order.Id == id));

    public static SandboxEvent Paid(this Order order, string id = "evt_1", string? amount = null, string? currency = null) => new(
        id, SandboxEvent.Succeeded, order.SessionId!, order.Id, amount ?? order.Price.ToString(System.Globalization.CultureInfo.InvariantCulture), currency ?? order.Currency.Code, "pay_1", null);

    /// <summary>Posts an event as the gateway does; by default signed with the firm's secret, now.</summary>
    public static async Task<HttpStatusCode> Report(this TestFirm firm, SandboxEvent report, byte[]? secret = null, DateTimeOffset? at = null, Func<byte[], byte[]>? change = null, string gateway = "sandbox")
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(report, Json.Options);
        var signature = SandboxSignature.Sign(body, secret ?? await firm.Secret(), at ?? firm.Clock.GetUtcNow());
        using var client = new HttpClient(firm.Site.Server.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{firm.Host}/webhooks/{gateway}")
        {
            Content = new ByteArrayContent(change is null ? body : change(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Add(SandboxSignature.Header, signature);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    public static Task<byte[]> Secret(this TestFirm firm) => firm.Run(async services => (await services.GetRequiredService<GatewayAccounts>().Find("sandbox", default))!.Secret);

    public static Task<List<Challenge>> Challenges(this TestFirm firm) => firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<Challenge>().ToListAsync());

    public static Task<int> TransfersOf(this TestFirm firm, LedgerTransferKind kind) =>
        firm.Run(services => services.GetRequiredService<TradeSenseDb>().Set<LedgerTransfer>().CountAsync(transfer => transfer.Kind == kind));

    /// <summary>Handles the outbox until the condition holds; the site's own pump works beside it.</summary>
    public static async Task Until(this TestFirm firm, Func<Task<bool>> condition, string what, int seconds = 15)
    {
        for (var deadline = Environment.TickCount64 + seconds * 1000; Environment.TickCount64 < deadline; await Task.Delay(100))
        {
            await firm.DrainOutbox();
            if (await condition()) return;
        }

        Assert.Fail($"{what} did not happen in {seconds} s. Errors: {firm.Site.Errors.LastOrDefault()}");
    }

    public static Task Settled(this TestFirm firm, Guid order, OrderStatus status) => firm.Until(async () => (await firm.Order(order)).Status == status, $"Order {status}");
}
