using System.Text.Json;
using TradeSense.Modules;

namespace TradeSense.Web.Api.V2;

/// <summary>Reads a request's body: JSON of exactly the expected shape, of a size that cannot hurt.</summary>
internal static class ApiBody
{
    public static async Task<Result<T>> Read<T>(HttpRequest request, CancellationToken ct) where T : class
    {
        if (!request.HasJsonContentType()) return ApiRefusal.NotJson;

        // One byte more than may be, to tell too many from just enough.
        var (buffer, length) = (new byte[(int)Math.Min(request.ContentLength ?? ApiOptions.MostBodyBytes, ApiOptions.MostBodyBytes) + 1], 0);
        try
        {
            int read;
            while (length < buffer.Length && (read = await request.Body.ReadAsync(buffer.AsMemory(length), ct)) > 0) length += read;
        }
        catch (BadHttpRequestException)
        {
            return ApiRefusal.MalformedJson;
        }

        if (length > ApiOptions.MostBodyBytes || request.ContentLength > ApiOptions.MostBodyBytes) return ApiRefusal.BodyTooLarge.With(ApiOptions.MostBodyBytes);
        return Parse<T>(buffer.AsSpan(0, length));
    }

    public static Result<T> Parse<T>(ReadOnlySpan<byte> json) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, ApiJson.Requests) is { } body ? body : ApiRefusal.MalformedJson;
        }
        catch (JsonException wrong)
        {
            return ApiRefusal.MalformedJson with { Field = FieldOf(wrong.Path) };
        }
    }

    /// <summary><c>$.legs[0].lots</c> → <c>legs[0].lots</c>; null for the body as a whole. What the sender invented as a name is cut to a length that can be shown.</summary>
    private static string? FieldOf(string? path)
    {
        if (path is not ['$', '.', ..]) return null;
        var name = path[2..];
        return name.Length <= 80 ? name : name[..80];
    }
}

/// <summary>An answer in the API's own JSON, with its length.</summary>
internal sealed class ApiAnswer<T>(T body) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Answers);
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}

internal static class ApiAnswer
{
    public static IResult Of<T>(T body) => new ApiAnswer<T>(body);
}
