using System.Text.Json;

namespace TradeSense.Modules.Tenancy;

/// <summary>Which line of a JSON text a path stands on: the value's own line, or its nearest parent's when the value is missing.</summary>
public sealed class JsonLines
{
    private readonly Dictionary<string, int> _lineByPath = new(StringComparer.Ordinal);

    public JsonLines(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var (line, counted) = (1, 0);
        // One frame per open object or list: its path, and the next index when it is a list.
        var frames = new Stack<(string Path, int Next, bool IsList)>();
        string? property = null;

        while (reader.Read())
        {
            for (; counted < reader.TokenStartIndex; counted++)
                if (utf8[counted] == (byte)'\n') line++;

            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                frames.Pop();
                continue;
            }

            if (reader.TokenType is JsonTokenType.PropertyName)
            {
                property = reader.GetString();
                continue;
            }

            var path = "";
            if (frames.TryPop(out var frame))
            {
                path = frame.IsList ? $"{frame.Path}[{frame.Next}]" : frame.Path.Length == 0 ? property! : $"{frame.Path}.{property}";
                frames.Push(frame.IsList ? frame with { Next = frame.Next + 1 } : frame);
            }

            _lineByPath[path] = line;
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject) frames.Push((path, 0, reader.TokenType is JsonTokenType.StartArray));
        }
    }

    public int LineOf(string path)
    {
        while (!_lineByPath.ContainsKey(path) && path.Length > 0)
            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        return _lineByPath.GetValueOrDefault(path, 1);
    }
}
