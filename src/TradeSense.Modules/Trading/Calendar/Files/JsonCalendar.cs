using System.Text.Json;

namespace TradeSense.Modules.Trading.Calendar.Files;

/// <summary>JSON: a list of objects, or an object with the list in <c>events</c>. Fields are named as CSV's columns are; the weekly files of well-known calendars are of this shape.</summary>
internal static class JsonCalendar
{
    public static IReadOnlyList<CalendarRow> Read(string text, TimeZoneInfo zone)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            var list = json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("events", out var events) ? events : json.RootElement;
            if (list.ValueKind is not JsonValueKind.Array) throw new CalendarFileException("it has no list of events.");
            return [.. list.EnumerateArray().Select((item, i) => Row(item, i + 1, zone))];
        }
        catch (JsonException error)
        {
            throw new CalendarFileException($"the JSON breaks off in line {(error.LineNumber ?? 0) + 1}.");
        }
    }

    private static CalendarRow Row(JsonElement item, int place, TimeZoneInfo zone)
    {
        if (item.ValueKind is not JsonValueKind.Object) return new CalendarRow(place, null, DateTimeOffset.UnixEpoch, "", "", Importance.Low, "", "", "It is no object.");

        string? Field(params string[] names) => names.Select(name => item.TryGetProperty(name, out var value) ? Text(value) : null).FirstOrDefault(value => value is not null);
        return new RowDraft(
            place, Field("id", "uid", "event_id"), Field("date", "datetime", "at", "start"), Field("time"), Field("currency", "country"), Field("title", "event", "name", "summary"), Field("importance", "impact"), Field("forecast", "consensus"),
            Field("previous")).Row(zone);
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
