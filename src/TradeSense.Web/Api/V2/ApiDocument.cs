using System.Text.Json.Nodes;

namespace TradeSense.Web.Api.V2;

/// <summary>The API's description, written by hand beside the code; tests hold the two together. Programs get it as it is, people as the page that reads it.</summary>
public sealed class ApiDocument
{
    private readonly byte[] _bytes = Read();

    public JsonObject Root => JsonNode.Parse(_bytes)!.AsObject();

    public ReadOnlyMemory<byte> Bytes => _bytes;

    private static byte[] Read()
    {
        using var stream = typeof(ApiDocument).Assembly.GetManifestResourceStream("openapi.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

internal static class ApiDocumentEndpoint
{
    /// <summary>Without a key: whoever writes a program reads it first.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet(TradingApi.Root + "/openapi.json", (ApiDocument document) => Results.Bytes(document.Bytes, "application/json; charset=utf-8")).AllowAnonymous();
}
