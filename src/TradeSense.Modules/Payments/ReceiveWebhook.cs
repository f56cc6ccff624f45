using TradeSense.Modules.Database;
using TradeSense.Modules.Payments.Gateways;

namespace TradeSense.Modules.Payments;

/// <summary>A gateway reports. A signed event is stored, once however often it comes, and acted upon afterwards; the sender is answered when it is safe.</summary>
public sealed class ReceiveWebhook(GatewayAccounts gateways, Inbox inbox, Outbox outbox, TimeProvider clock)
{
    /// <summary>True when the event is new.</summary>
    public async Task<Result<bool>> Run(string gateway, WebhookCall call, CancellationToken ct)
    {
        if (await gateways.Find(gateway, ct) is not { } account) return PaymentRefusal.GatewayUnknown;

        var read = account.Gateway.Read(call, account.Secret, clock.GetUtcNow());
        if (read.IsRefused) return read.Refusal;

        var isNew = await inbox.Accept(SourceOf(gateway), read.Value.EventId, call.Body, ct);
        if (isNew) outbox.Add(HandlePaymentEvent.MessageKind, $"{gateway}:{read.Value.EventId}", new HandlePaymentEvent.Message(gateway, read.Value));
        return isNew;
    }

    private static string SourceOf(string gateway) => $"gateway:{gateway}";
}

/// <summary>Acts on a stored payment event.</summary>
internal sealed class HandlePaymentEvent(CompletePayment complete) : IOutboxHandler
{
    public const string MessageKind = "payments.event";

    public sealed record Message(string Gateway, PaymentEvent Event);

    public string Kind => MessageKind;

    public Task Handle(OutboxMessage message, CancellationToken ct)
    {
        var (gateway, paymentEvent) = message.Read<Message>();
        return complete.Run(gateway, paymentEvent, ct);
    }
}
