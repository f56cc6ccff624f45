using TradeSense.Engine.Values;

namespace TradeSense.Modules.Payments.Gateways;

/// <summary>A provider of hosted payment pages. It is asked for a page, and it reports what happened there by signed webhook.</summary>
public interface IPaymentGateway
{
    /// <summary>The name in webhook addresses and in a tenant's file.</summary>
    string Name { get; }

    /// <summary>No real money moves through it: whoever switches it on must know.</summary>
    bool IsTestMode { get; }

    /// <summary>Opens a payment page for the order, or gives the one still open.</summary>
    Task<PaymentPage> Open(PaymentRequest request, CancellationToken ct);

    /// <summary>Checks the signature over the raw body, then reads the event. Nothing of an unsigned call is looked at.</summary>
    Result<PaymentEvent> Read(WebhookCall call, byte[] secret, DateTimeOffset now);
}

/// <param name="EarlierSession">The page opened before, if any.</param>
/// <param name="ReturnPath">Where the browser goes afterwards; what it says then is never believed.</param>
public sealed record PaymentRequest(Guid OrderId, long OrderNumber, string Title, Money Amount, string? EarlierSession, string ReturnPath);

/// <param name="Address">Where the browser pays; a path for the built-in sandbox.</param>
public sealed record PaymentPage(string SessionId, string Address);

/// <summary>A webhook as it arrived.</summary>
public sealed record WebhookCall(Func<string, string?> Header, byte[] Body);

public enum PaymentOutcome { Succeeded, Failed }

/// <summary>What a gateway says happened. Amount and currency are its words, not ours: they are compared with the order's.</summary>
/// <param name="Problem">Why a payment failed: the code of a refusal.</param>
public sealed record PaymentEvent(
    string EventId, PaymentOutcome Outcome, string SessionId, Guid OrderId, decimal Amount, string Currency, string Reference, string? Problem);
