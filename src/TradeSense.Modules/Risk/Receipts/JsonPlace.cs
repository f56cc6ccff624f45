using System.Text;
using System.Text.Json;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Which field of a JSON text a stretch of characters lies in.</summary>
internal static class JsonPlace
{
    /// <summary><c>.evidence.positions[13].profit</c>, or from the first such field to the last; nothing where the text cannot be read.</summary>
    public static string Of(string json, int from, int to)
    {
        var touched = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            var path = new Stack<(string Name, int Index)>();
            var name = "";
            while (reader.Read() && reader.TokenStartIndex < to)
            {
                if (reader.TokenType is JsonTokenType.PropertyName) name = "." + reader.GetString();
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) name = path.Pop().Name;
                else
                {
                    if (path.Count > 0 && path.Peek().Index >= 0)
                    {
                        var list = path.Pop();
                        name = $"[{list.Index}]";
                        path.Push((list.Name, list.Index + 1));
                    }

                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) path.Push((name, reader.TokenType is JsonTokenType.StartArray ? 0 : -1));
                    else if (reader.BytesConsumed > from) touched.Add(string.Concat(path.Reverse().Select(step => step.Name)) + name);
                }
            }
        }
        catch (JsonException)
        {
            // What was altered made it unreadable: up to there the fields are known.
            if (touched.Count == 0) return "";
        }

        return touched.Count switch { 0 => "", 1 => touched[0], _ => $"{touched[0]} to {touched[^1]}" };
    }
}
