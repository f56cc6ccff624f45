using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TradeSense.Tests.Conventions;

namespace TradeSense.Tests.Web.Api;

/// <summary>
/// A program that knows the document, its key and nothing else: addresses, methods and shapes come from there. It sends nothing that the document does not
/// allow, and every answer must be one that the document describes.
/// </summary>
public sealed class DocumentedBot(HttpClient http, JsonNode document)
{
    public static async Task<DocumentedBot> Read(HttpClient http, CancellationToken ct) =>
        new(http, JsonNode.Parse(await http.GetStringAsync("/api/v2/openapi.json", ct))!);

    public async Task<JsonNode> Call(string operationId, object? parameters = null, JsonNode? body = null, int expected = 200)
    {
        using var request = Request(operationId, parameters, body);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode == expected, $"{operationId} answered {(int)answer.StatusCode}: {text}");

        var described = Described(operationId, answer);
        var json = JsonNode.Parse(text)!;
        Verdict.NoOffences(DocumentedShape.Faults(document, described, json));
        return json;
    }

    /// <summary>Opens the stream and hands it over; what comes is checked by <see cref="Check"/>.</summary>
    public async Task<Stream> Open(string operationId, object parameters, string? lastEventId)
    {
        using var request = Request(operationId, parameters, null);
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
    }

    public void Check(string shape, JsonNode value) => Verdict.NoOffences(DocumentedShape.Faults(document, DocumentedShape.Resolve(document, $"#/components/schemas/{shape}"), value));

    /// <summary>One of the document's own examples, to be sent as it is or changed.</summary>
    public JsonObject Example(string operationId, string name) =>
        Find(operationId).Operation["requestBody"]!["content"]!["application/json"]!["examples"]![name]!["value"]!.DeepClone().AsObject();

    private HttpRequestMessage Request(string operationId, object? parameters, JsonNode? body)
    {
        var (path, method, operation) = Find(operationId);
        var query = new List<string>();
        foreach (var given in parameters?.GetType().GetProperties() ?? [])
        {
            var (name, value) = (given.Name, Uri.EscapeDataString($"{given.GetValue(parameters)}"));
            var place = operation["parameters"]!.AsArray().Select(parameter => (string?)parameter!["$ref"] is { } reference ? DocumentedShape.Resolve(document, reference) : parameter!).Single(parameter => (string?)parameter["name"] == name);
            if ((string?)place["in"] == "path") path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            else query.Add($"{name}={value}");
        }

        var server = (string)document["servers"]![0]!["url"]!;
        var request = new HttpRequestMessage(new HttpMethod(method), server + path + (query.Count > 0 ? "?" + string.Join('&', query) : ""));
        if (body is null) return request;

        Verdict.NoOffences(DocumentedShape.Faults(document, operation["requestBody"]!["content"]!["application/json"]!["schema"]!, body));
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return request;
    }

    private JsonNode Described(string operationId, HttpResponseMessage answer)
    {
        var status = ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var response = Find(operationId).Operation["responses"]![status] ?? throw new InvalidOperationException($"{operationId}: the document does not say that it may answer {status}.");
        if ((string?)response["$ref"] is { } reference) response = DocumentedShape.Resolve(document, reference);
        foreach (var header in response["headers"]?.AsObject() ?? []) Assert.True(answer.Headers.Contains(header.Key), $"{operationId} {status} lacks {header.Key}");
        return response["content"]![MediaTypeHeaderValue.Parse(answer.Content.Headers.ContentType!.ToString()).MediaType!]!["schema"]!;
    }

    private (string Path, string Method, JsonNode Operation) Find(string operationId) => (
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where (string?)operation.Value!["operationId"] == operationId
        select (path.Key, operation.Key.ToUpperInvariant(), operation.Value!)).Single();
}
