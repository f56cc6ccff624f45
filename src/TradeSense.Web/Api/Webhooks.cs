using Microsoft.AspNetCore.Http.HttpResults;
using TradeSense.Modules;
using TradeSense.Modules.Payments;
using TradeSense.Modules.Payments.Gateways;
using TradeSense.Web.Hosting;

namespace TradeSense.Web.Api;

/// <summary>Where payment gateways report. The signature stands in place of a session; the 2xx is sent after the event is safe, because the filter commits first.</summary>
internal static class Webhooks
{
    /// <summary>Far above any event, far below anything that could hurt.</summary>
    private const int MostBytes = 64 * 1024;

    public static void MapWebhooks(this IEndpointRouteBuilder app) =>
        app.MapPost("/webhooks/{gateway}", Receive).AllowAnonymous().DisableAntiforgery().AddEndpointFilter<TransactionFilter>();

    private static async Task<Results<Ok, ProblemHttpResult>> Receive(string gateway, HttpRequest request, ReceiveWebhook receive, Refusals refusals, CancellationToken ct)
    {
        if (await ReadBody(request, ct) is not { } body) return TypedResults.Problem(statusCode: StatusCodes.Status413PayloadTooLarge);

        var received = await receive.Run(gateway, new WebhookCall(name => request.Headers[name].FirstOrDefault(), body), ct);
        if (!received.IsRefused) return TypedResults.Ok();

        var problem = refusals.Problem(received.Refusal);
        problem.Status = StatusOf(received.Refusal);
        return TypedResults.Problem(problem);
    }

    private static int StatusOf(Refusal refusal)
    {
        if (refusal == PaymentRefusal.GatewayUnknown) return StatusCodes.Status404NotFound;
        return refusal == PaymentRefusal.SignatureInvalid ? StatusCodes.Status401Unauthorized : StatusCodes.Status400BadRequest;
    }

    /// <summary>The raw bytes, because they are what was signed; null when there are too many.</summary>
    private static async Task<byte[]?> ReadBody(HttpRequest request, CancellationToken ct)
    {
        var buffer = new byte[MostBytes + 1];
        var length = 0;
        int read;
        while (length < buffer.Length && (read = await request.Body.ReadAsync(buffer.AsMemory(length), ct)) > 0) length += read;
        return length > MostBytes ? null : buffer[..length];
    }
}
