using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TradeSense.Web.Pages.Trader.ApiGuide;

/// <summary>An OpenAPI document read for a page: operations by tag, shapes with their fields, refusals.</summary>
public sealed class ApiManual(JsonObject document)
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public sealed record Group(string Name, string Text, IReadOnlyList<Operation> Operations);

    public sealed record Operation(
        string Id, string Method, string Path, string Scope, string Summary, string Text, IReadOnlyList<Field> Parameters, string? Body, IReadOnlyList<(string Name, string Json)> Examples,
        IReadOnlyList<(string Status, string Text, string? Shape)> Answers);

    public sealed record Field(string Name, string Type, bool IsRequired, string Text, string? Shape = null);

    public sealed record Shape(string Name, string Text, IReadOnlyList<Field> Fields, IReadOnlyList<string> OneOf);

    /// <summary>The description's paragraphs: a bold beginning, then text with code in it.</summary>
    public IReadOnlyList<(string? Title, string Text)> Introduction { get; } = [.. Text(document["info"]!, "description").Split("\n\n").Select(Paragraph)];

    public IReadOnlyList<Group> Groups { get; } =
    [
        .. document["tags"]!.AsArray().Select(tag => new Group(
            Text(tag!, "name"), Text(tag!, "description"), [.. Operations(document).Where(pair => (string?)pair.Operation["tags"]![0] == Text(tag!, "name")).Select(pair => Read(document, pair))])),
    ];

    public IReadOnlyList<Shape> Shapes { get; } = [.. document["components"]!["schemas"]!.AsObject().Select(pair => Read(pair.Key, pair.Value!))];

    public IReadOnlyList<(string Code, string Status, string Words)> Refusals { get; } =
        [.. document["x-refusals"]!.AsObject().Select(pair => (pair.Key, pair.Value!["status"]!.ToString(), Text(pair.Value!, "words")))];

    /// <summary>Text with `code` taken apart: every second part is code.</summary>
    public static IReadOnlyList<string> Parts(string text) => text.Split('`');

    private static (string? Title, string Text) Paragraph(string text)
    {
        var end = text.StartsWith("**", StringComparison.Ordinal) ? text.IndexOf("**", 2, StringComparison.Ordinal) : -1;
        return end < 0 ? (null, text) : (text[2..end].TrimEnd('.'), text[(end + 2)..].Trim());
    }

    private static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key, operation.Value!);

    private static Operation Read(JsonObject document, (string Path, string Method, JsonNode Operation) at)
    {
        var (operation, body) = (at.Operation, at.Operation["requestBody"]?["content"]?["application/json"]);
        var server = (string)document["servers"]![0]!["url"]!;
        return new Operation(
            Text(operation, "operationId"), at.Method.ToUpperInvariant(), server + at.Path, (string)operation["security"]![0]!["key"]![0]!, Text(operation, "summary"), Text(operation, "description"),
            [.. operation["parameters"]!.AsArray().Select(parameter => Resolve(document, parameter!)).Select(Parameter)], ShapeOf(body?["schema"]),
            [.. body?["examples"]?.AsObject().Select(example => (example.Key, example.Value!["value"]!.ToJsonString(Pretty))) ?? []],
            [.. operation["responses"]!.AsObject().Select(answer => (answer.Key, Text(Resolve(document, answer.Value!), "description"), answer.Key == "200" ? ShapeOf(Schema(answer.Value!)) : null))]);
    }

    private static Field Parameter(JsonNode parameter) => new(
        Text(parameter, "name"), $"{TypeOf(parameter["schema"]!)}, in the {Text(parameter, "in")}", (bool?)parameter["required"] ?? false, Text(parameter, "description"));

    private static Shape Read(string name, JsonNode schema)
    {
        var required = schema["required"]?.AsArray().Select(field => (string)field!).ToHashSet() ?? [];
        return new Shape(
            name, Text(schema, "description"),
            [.. schema["properties"]?.AsObject().Select(field => new Field(field.Key, TypeOf(field.Value!), required.Contains(field.Key), Text(field.Value!, "description"), ShapeOf(field.Value) ?? ShapeOf(field.Value!["items"]))) ?? []],
            [.. schema["oneOf"]?.AsArray().Select(ShapeOf).OfType<string>() ?? []]);
    }

    private static string TypeOf(JsonNode schema) => schema switch
    {
        _ when ShapeOf(schema) is { } shape => shape,
        _ when schema["const"] is { } only => $"always {only}",
        _ when schema["enum"] is JsonArray words => words.Count > 12 ? "one of the words below" : string.Join(" | ", words.Select(word => word!.ToString())),
        _ when schema["items"] is { } item => $"list of {TypeOf(item)}",
        _ => (string?)schema["format"] ?? Text(schema, "type"),
    };

    private static JsonNode Resolve(JsonObject document, JsonNode node)
    {
        if ((string?)node["$ref"] is not { } address) return node;
        JsonNode found = document;
        foreach (var part in address.Split('/').Skip(1)) found = found[part]!;
        return found;
    }

    private static JsonNode? Schema(JsonNode answer) => answer["content"]?.AsObject().First().Value!["schema"];

    private static string? ShapeOf(JsonNode? schema) => (string?)schema?["$ref"] is { } address ? address[(address.LastIndexOf('/') + 1)..] : null;

    private static string Text(JsonNode node, string name) => (string?)node[name] ?? "";
}
