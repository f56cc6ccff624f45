using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payments.Gateways.Sandbox;

/// <summary>The built-in gateway for trying things out: its payment pages are this product's own, no money moves, and it says so on every page.</summary>
public sealed class SandboxGateway(TradeSenseDb db, TimeProvider clock) : IPaymentGateway
{
    public const string GatewayName = "sandbox";
    public const string HttpClient = "sandbox";

    public string Name => GatewayName;
    public bool IsTestMode => true;

    public async Task<PaymentPage> Open(PaymentRequest request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var earlier = await db.Set<SandboxSession>().AsNoTracking().SingleOrDefaultAsync(session => session.Token == request.EarlierSession, ct);
        if (earlier is not null && !earlier.IsOver(now)) return new PaymentPage(earlier.Token, AddressOf(earlier.Token));

        var session = new SandboxSession
        {
            Id = Guid.CreateVersion7(now), Token = SandboxSession.NewToken(), OrderId = request.OrderId, OrderNumber = request.OrderNumber, Title = request.Title,
            Amount = request.Amount.Amount, Currency = request.Amount.Currency, CreatedAt = now, ExpiresAt = now + SandboxSession.Lifetime,
        };
        db.Add(session);
        return new PaymentPage(session.Token, AddressOf(session.Token));
    }

    public Result<PaymentEvent> Read(WebhookCall call, byte[] secret, DateTimeOffset now)
    {
        if (!SandboxSignature.IsGood(call.Header(SandboxSignature.Header), call.Body, secret, now)) return PaymentRefusal.SignatureInvalid;

        try
        {
            return JsonSerializer.Deserialize<SandboxEvent>(call.Body, Json.Options) is { } read && read.IsComplete ? read.AsPaymentEvent() : PaymentRefusal.EventMalformed;
        }
        catch (JsonException)
        {
            return PaymentRefusal.EventMalformed;
        }
    }

    private static string AddressOf(string token) => $"/sandbox/pay/{token}";
}

/// <summary>The body of the sandbox's webhooks. The amount is text, as money in JSON always is here.</summary>
public sealed record SandboxEvent(string Id, string Type, string Session, Guid Order, string Amount, string Currency, string Reference, string? Problem)
{
    public const string Succeeded = "payment.succeeded", Failed = "payment.failed";

    internal bool IsComplete => Id is { Length: > 0 and <= 100 } && Type is Succeeded or Failed && Session is not null && Currency is not null && Reference is not null && ReadAmount is not null;

    private decimal? ReadAmount => decimal.TryParse(Amount, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var amount) ? amount : null;

    internal PaymentEvent AsPaymentEvent() => new(
        Id, Type == Succeeded ? PaymentOutcome.Succeeded : PaymentOutcome.Failed, Session, Order, ReadAmount!.Value, Currency, Reference, Problem);
}
