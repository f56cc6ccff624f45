using System.Text.Json;

namespace TradeSense.Web.Security;

/// <summary>Browsers report a blocked script or style here; one log line each, from at most 8 KB.</summary>
public static class CspReports
{
    public const string Path = "/csp-reports";
    private const int MaximumBytes = 8 * 1024;

    public static void MapCspReports(this IEndpointRouteBuilder app) => app.MapPost(Path, Receive).AllowAnonymous().DisableAntiforgery();

    private static async Task<IResult> Receive(HttpRequest request, ILoggerFactory loggers, CancellationToken ct)
    {
        if (request.ContentLength is null or > MaximumBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

        var bytes = new byte[(int)request.ContentLength];
        await request.Body.ReadExactlyAsync(bytes, ct);
        var logger = loggers.CreateLogger("TradeSense.Web.Security.CspReports");
        foreach (var (directive, blocked, page) in Violations(bytes))
            logger.LogWarning("CSP blocked {Blocked} by {Directive} on {Page}", blocked, directive, page);

        return Results.NoContent();
    }

    private static List<(string Directive, string Blocked, string Page)> Violations(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var reports = document.RootElement.ValueKind is JsonValueKind.Array ? document.RootElement.EnumerateArray().Take(10) : [document.RootElement];
            return [.. reports
                .Where(report => report.ValueKind is JsonValueKind.Object && report.TryGetProperty("body", out var body) && body.ValueKind is JsonValueKind.Object)
                .Select(report => report.GetProperty("body"))
                .Select(body => (Text(body, "effectiveDirective"), Text(body, "blockedURL"), Text(body, "documentURL")))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { } text ? text[..Math.Min(text.Length, 300)] : "";
}
