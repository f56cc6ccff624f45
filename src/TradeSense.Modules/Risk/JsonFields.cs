using System.Globalization;
using System.Text.Json;

namespace TradeSense.Modules.Risk;

/// <summary>One JSON object of a file being read strictly: what is missing, unknown or of the wrong form becomes a problem that names its path.</summary>
public sealed class JsonFields(JsonElement element, string path, List<string> problems)
{
    /// <summary>Beyond any account, and far from where sums of decimals overflow.</summary>
    private const decimal LargestAmount = 1_000_000_000_000_000m;

    private static readonly string[] InstantFormats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public JsonElement Element => element;

    public void Problem(string name, string what) => problems.Add($"{PathOf(name)}: {what}");

    public bool Has(string name) => Field(name) is not null;

    public void Only(params string[] names)
    {
        if (element.ValueKind != JsonValueKind.Object) return;
        foreach (var field in element.EnumerateObject().Where(f => !names.Contains(f.Name)))
            Problem(field.Name, $"is not a field here; known are {string.Join(", ", names)}");
    }

    public JsonFields? Object(string name)
    {
        if (Field(name) is { ValueKind: JsonValueKind.Object } found) return new JsonFields(found, PathOf(name), problems);
        Problem(name, Has(name) ? "must be an object" : "is missing");
        return null;
    }

    public IEnumerable<JsonFields> Objects(string name)
    {
        if (Field(name) is not { ValueKind: JsonValueKind.Array } list)
        {
            Problem(name, Has(name) ? "must be a list" : "is missing");
            return [];
        }

        foreach (var (item, index) in list.EnumerateArray().Select((item, index) => (item, index)))
            if (item.ValueKind != JsonValueKind.Object) Problem($"{name}[{index}]", "must be an object");
        return list.EnumerateArray().Select((item, index) => new JsonFields(item, PathOf($"{name}[{index}]"), problems));
    }

    public string? Text(string name)
    {
        if (Field(name) is { ValueKind: JsonValueKind.String } found) return found.GetString();
        Problem(name, Has(name) ? "must be a string" : "is missing");
        return null;
    }

    public decimal? Decimal(string name, Func<decimal, bool>? allowed = null, string? otherwise = null)
    {
        if (Text(name) is not { } text) return null;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            if (Math.Abs(value) > LargestAmount) Problem(name, "is too large");
            else if (allowed?.Invoke(value) != false) return value;
            else Problem(name, otherwise!);
        }
        else
        {
            Problem(name, $"'{Short(text)}' is not a decimal");
        }

        return null;
    }

    public int Count(string name)
    {
        if (Field(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var count) && count >= 0) return count;
        Problem(name, "must be a whole number, not negative");
        return 0;
    }

    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text) return null;
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^3] == ':' && text[^6] is '+' or '-');
        // Time zone rules are known from the seventies on, and a day can be added to any instant here.
        if (hasOffset && DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && at.Year is >= 1970 and < 2200)
            return at.ToUniversalTime();
        Problem(name, $"'{Short(text)}' is not an instant like 2026-03-02T12:00:00Z");
        return null;
    }

    public TimeOnly Time(string name)
    {
        if (Text(name) is not { } text) return default;
        if (TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        Problem(name, $"'{Short(text)}' is not a time like 17:00");
        return default;
    }

    /// <summary>An enum value in camel case; of <paramref name="allowed"/> and the default only, when some are given.</summary>
    public T Choice<T>(string name, T otherwise, params T[] allowed) where T : struct, Enum
    {
        if (!Has(name) || Text(name) is not { } text) return otherwise;
        var choices = (allowed.Length == 0 ? Enum.GetValues<T>() : [otherwise, .. allowed]).ToDictionary(v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));
        if (choices.TryGetValue(text, out var value)) return value;
        Problem(name, $"'{Short(text)}' is not one of {string.Join(", ", choices.Keys)}");
        return otherwise;
    }

    private JsonElement? Field(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : null;

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
