using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Payments.Gateways.Sandbox;

/// <summary>Where this process listens, as the sandbox calls it back.</summary>
public sealed record SandboxOptions(Func<Uri> OwnAddress);

/// <summary>Puts the sandbox's webhooks into the outbox, so that they survive a crash: at once or late, once or twice, as the session's seed says.</summary>
public sealed class ReportSandboxPayment(Outbox outbox, TimeProvider clock)
{
    /// <summary>How late the report of a payment comes whose page got no answer.</summary>
    public static readonly TimeSpan NoAnswerDelay = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan SecondCopyAfter = TimeSpan.FromSeconds(3);

    internal void Succeeded(SandboxSession session, TimeSpan delay)
    {
        var report = EventOf(session, $"evt_{session.Token[3..]}_paid", SandboxEvent.Succeeded, null);
        Send(report, 1, delay);
        if (session.ReportStyle().Twice) Send(report, 2, delay + SecondCopyAfter);
    }

    internal void Failed(SandboxSession session, Refusal refusal) =>
        Send(EventOf(session, string.Create(CultureInfo.InvariantCulture, $"evt_{session.Token[3..]}_try{session.Tries}"), SandboxEvent.Failed, refusal.Code), 1, TimeSpan.Zero);

    private static SandboxEvent EventOf(SandboxSession session, string id, string type, string? problem) => new(
        id, type, session.Token, session.OrderId, session.Amount.ToString(CultureInfo.InvariantCulture), session.Currency.Code, session.PaymentReference, problem);

    private void Send(SandboxEvent report, int copy, TimeSpan delay) =>
        outbox.Add(DeliverSandboxWebhook.MessageKind, string.Create(CultureInfo.InvariantCulture, $"{report.Id}:{copy}"), report, clock.GetUtcNow() + delay);
}

/// <summary>Posts one webhook to the firm's own address, signed at the moment it is sent. Anything but a 2xx answer is tried again by the outbox.</summary>
internal sealed class DeliverSandboxWebhook(GatewayAccounts gateways, CurrentTenant tenant, IHttpClientFactory clients, SandboxOptions options, TimeProvider clock) : IOutboxHandler
{
    public const string MessageKind = "sandbox.webhook";

    public string Kind => MessageKind;

    public async Task Handle(OutboxMessage message, CancellationToken ct)
    {
        // Disabled meanwhile: the endpoint would not know the gateway, and nobody waits for its word any more.
        if (await gateways.Find(SandboxGateway.GatewayName, ct) is not { } account) return;

        var body = JsonSerializer.SerializeToUtf8Bytes(message.Read<SandboxEvent>(), Json.Options);
        using var client = clients.CreateClient(SandboxGateway.HttpClient);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.OwnAddress(), $"/webhooks/{SandboxGateway.GatewayName}"));
        request.Headers.Host = tenant.Value.Hosts[0];
        request.Headers.Add(SandboxSignature.Header, SandboxSignature.Sign(body, account.Secret, clock.GetUtcNow()));
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        using var response = await client.SendAsync(request, ct);
        if (response.StatusCode is not HttpStatusCode.OK) throw new HttpRequestException($"The webhook was answered with {(int)response.StatusCode}.");
    }
}
