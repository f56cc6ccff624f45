using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TradeSense.Tests.Web.Api;

/// <summary>Holds what a server says against the shapes of an OpenAPI document: as much of JSON Schema as the document uses.</summary>
public static class DocumentedShape
{
    /// <summary>What does not fit, each with its place; nothing where all does.</summary>
    public static IReadOnlyList<string> Faults(JsonNode document, JsonNode schema, JsonNode? value, string at = "$")
    {
        if ((string?)schema["$ref"] is { } reference) return Faults(document, Resolve(document, reference), value, at);
        if (schema["oneOf"] is JsonArray choices) return choices.Count(choice => Faults(document, choice!, value, at).Count == 0) == 1 ? [] : [$"{at}: fits not exactly one of the shapes"];
        if (schema["const"] is { } only) return only.ToString() == value?.ToString() ? [] : [$"{at}: is not {only}"];

        return (string?)schema["type"] switch
        {
            "object" => InObject(document, schema, value, at),
            "array" => value is JsonArray items ? [.. items.SelectMany((item, i) => Faults(document, schema["items"]!, item, $"{at}[{i}]"))] : [$"{at}: is no list"],
            "string" => value is JsonValue text && text.TryGetValue<string>(out var words) ? InText(schema, words, at) : [$"{at}: is no text"],
            "integer" => value is JsonValue number && number.TryGetValue<long>(out _) ? [] : [$"{at}: is no whole number"],
            "number" => value is JsonValue number && number.TryGetValue<decimal>(out _) ? [] : [$"{at}: is no number"],
            "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _) ? [] : [$"{at}: is neither true nor false"],
            var other => [$"{at}: the document says “{other}”"],
        };
    }

    public static JsonNode Resolve(JsonNode document, string reference) => reference.Split('/').Skip(1).Aggregate(document, (node, part) => node[part] ?? throw new InvalidOperationException($"{reference} leads nowhere."));

    private static List<string> InObject(JsonNode document, JsonNode schema, JsonNode? value, string at)
    {
        if (value is not JsonObject fields) return [$"{at}: is no object"];

        var known = schema["properties"]!.AsObject();
        var missing = schema["required"]?.AsArray().Select(name => (string)name!).Where(name => !fields.ContainsKey(name)).Select(name => $"{at}.{name}: is missing") ?? [];
        return
        [
            .. missing,
            .. fields.SelectMany(field => known[field.Key] is { } shape ? Faults(document, shape, field.Value, $"{at}.{field.Key}") : [$"{at}.{field.Key}: is not in the document"]),
        ];
    }

    private static List<string> InText(JsonNode schema, string text, string at)
    {
        var faults = new List<string>();
        if (schema["enum"] is JsonArray words && words.All(word => (string)word! != text)) faults.Add($"{at}: “{text}” is none of its words");
        if ((string?)schema["pattern"] is { } pattern && !Regex.IsMatch(text, pattern)) faults.Add($"{at}: “{text}” does not fit {pattern}");
        if ((string?)schema["format"] is "date-time" && !DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _)) faults.Add($"{at}: “{text}” is no instant");
        if ((string?)schema["format"] is "uuid" && !Guid.TryParse(text, out _)) faults.Add($"{at}: “{text}” is no key");
        return faults;
    }
}
