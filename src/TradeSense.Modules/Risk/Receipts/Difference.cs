using System.Text.Json;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>One thing in a bundle that is not as it must be.</summary>
/// <param name="Field">Its path: <c>quotes[12]</c>, <c>journal[3].body.price</c>, <c>verdict.floor</c>.</param>
public sealed record Difference(string Field, string Expected, string Found)
{
    /// <summary>So many characters of a value are told.</summary>
    private const int Shown = 200;

    public override string ToString() => $"{Field}: expected {Expected}, found {Found}";

    /// <summary>Where two texts of JSON differ, leaf by leaf; the whole texts when one of them is none.</summary>
    public static IReadOnlyList<Difference> Between(string field, string expected, string found)
    {
        try
        {
            using var left = JsonDocument.Parse(expected);
            using var right = JsonDocument.Parse(found);
            List<Difference> differences = [.. Between(field, left.RootElement, right.RootElement)];
            return differences.Count > 0 || expected == found ? differences : [new(field, expected, found)];
        }
        catch (JsonException)
        {
            return [new(field, expected, found)];
        }
    }

    private static IEnumerable<Difference> Between(string path, JsonElement expected, JsonElement found)
    {
        if (expected.ValueKind == JsonValueKind.Object && found.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in expected.EnumerateObject())
                foreach (var inside in found.TryGetProperty(field.Name, out var other) ? Between($"{path}.{field.Name}", field.Value, other) : [new Difference($"{path}.{field.Name}", Short(field.Value), "nothing")])
                    yield return inside;
            foreach (var field in found.EnumerateObject().Where(field => !expected.TryGetProperty(field.Name, out _)))
                yield return new Difference($"{path}.{field.Name}", "nothing", Short(field.Value));
        }
        else if (expected.ValueKind == JsonValueKind.Array && found.ValueKind == JsonValueKind.Array)
        {
            for (var i = 0; i < Math.Max(expected.GetArrayLength(), found.GetArrayLength()); i++)
                foreach (var inside in i >= found.GetArrayLength() ? [new Difference($"{path}[{i}]", Short(expected[i]), "nothing")]
                    : i >= expected.GetArrayLength() ? [new Difference($"{path}[{i}]", "nothing", Short(found[i]))] : Between($"{path}[{i}]", expected[i], found[i]))
                    yield return inside;
        }
        else if (expected.GetRawText() != found.GetRawText())
        {
            // A journal entry's body is JSON written as a text: the field inside it is what differs.
            List<Difference> inside = Inside(expected) is { } left && Inside(found) is { } right ? [.. Between(path, left, right)] : [];
            if (inside.Count == 0) inside.Add(Of(path, expected.GetRawText(), found.GetRawText()));
            foreach (var one in inside) yield return one;
        }
    }

    /// <summary>Of long texts the part in which they differ.</summary>
    private static Difference Of(string path, string expected, string found)
    {
        if (Math.Max(expected.Length, found.Length) <= Shown) return new(path, expected, found);

        var from = Math.Max(0, expected.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count() - Shown / 4);
        string Part(string text)
        {
            var shown = text[Math.Min(from, text.Length)..Math.Min(from + Shown, text.Length)];
            return $"{(from > 0 ? "…" : "")}{shown}{(from + Shown < text.Length ? "…" : "")}";
        }

        return new(path, Part(expected), Part(found));
    }

    private static JsonElement? Inside(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not ['{', ..] text) return null;

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Short(JsonElement value) => value.GetRawText() is var text && text.Length <= Shown ? text : text[..Shown] + "…";
}
