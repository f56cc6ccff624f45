using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Risk;

/// <summary>A scenario's lines as JSON, and how they differ from what its file expects.</summary>
public static class RuleScenarioReport
{
    public static JsonObject Json(RuleScenarioRun.Line line) => new()
    {
        ["at"] = Instant(line.At),
        ["tradingDay"] = line.TradingDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["balance"] = PlainDecimal.Text(line.Balance),
        ["equity"] = PlainDecimal.Text(line.Equity),
        ["dailyFloor"] = Amount(line.Limits.DailyFloor),
        ["overallFloor"] = Amount(line.Limits.OverallFloor),
        ["floor"] = Amount(line.Limits.Floor),
        ["room"] = Amount(line.Limits.Room(line.Equity)),
        ["state"] = CamelCase(line.State),
        ["tradingDays"] = line.TradingDays,
        ["breach"] = line.Breach is { } breach ? Json(breach) : null,
    };

    /// <summary>Where a line is not what the file expects; a field that is not expected is not compared.</summary>
    public static IEnumerable<string> Differences(JsonElement expected, JsonNode? seen, string path)
    {
        if (expected.ValueKind == JsonValueKind.Object && seen is JsonObject fields)
            return expected.EnumerateObject().SelectMany(f => Differences(f.Value, fields[f.Name], $"{path}.{f.Name}"));
        var same = JsonNode.DeepEquals(JsonNode.Parse(expected.GetRawText()), seen) || AreEqualDecimals(expected, seen);
        return same ? [] : [$"{path}: expected {expected.GetRawText()}, seen {seen?.ToJsonString() ?? "null"}"];
    }

    private static JsonObject Json(Breach breach) => new()
    {
        ["rule"] = CamelCase(breach.Rule),
        ["floor"] = PlainDecimal.Text(breach.Floor),
        ["equity"] = PlainDecimal.Text(breach.Equity),
        ["at"] = Instant(breach.At),
    };

    private static bool AreEqualDecimals(JsonElement expected, JsonNode? seen) =>
        expected.ValueKind == JsonValueKind.String && seen is JsonValue value && value.TryGetValue<string>(out var text)
        && decimal.TryParse(expected.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var left)
        && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var right)
        && left == right;

    private static string? Amount(decimal? amount) => amount is { } value ? PlainDecimal.Text(value) : null;

    private static string CamelCase<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
