using System.Globalization;

namespace TradeSense.Modules.Trading.Calendar.Files;

/// <summary>
/// iCal (RFC 5545): the VEVENTs of a file. The currency stands before the title ("USD: Non-farm payrolls", "[USD] …") or among the categories; the importance is the
/// priority (1–4 high, 5 medium, 6–9 low) or a category. Repeating events are told, not guessed at: calendars of releases list every date.
/// </summary>
internal static class IcalCalendar
{
    public static IReadOnlyList<CalendarRow> Read(string text, TimeZoneInfo zone)
    {
        var (rows, current, start) = (new List<CalendarRow>(), default(Dictionary<string, Property>), 0);
        foreach (var (number, line) in Unfolded(text))
        {
            if (Property.Of(line) is not { } property) continue;
            if (property is { Name: "BEGIN", Value: "VEVENT" }) (current, start) = ([], number);
            else if (property is { Name: "END", Value: "VEVENT" } && current is not null)
            {
                rows.Add(Row(current, start, zone));
                current = null;
            }
            else current?.TryAdd(property.Name, property);
        }

        return current is null ? rows : throw new CalendarFileException($"the event of line {start} never ends.");
    }

    private static CalendarRow Row(Dictionary<string, Property> found, int line, TimeZoneInfo zone)
    {
        string? Value(string name) => found.TryGetValue(name, out var property) ? Unescaped(property.Value) : null;
        var categories = (Value("CATEGORIES") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var (currency, title) = Parted(Value("SUMMARY") ?? "");
        currency ??= categories.FirstOrDefault(IsCurrency);
        var importance = categories.FirstOrDefault(category => category.ToUpperInvariant() is "HIGH" or "MEDIUM" or "LOW") ?? PriorityOf(Value("PRIORITY"));
        var problem = found.ContainsKey("RRULE") ? "It repeats: list each of its dates as an event." : null;
        var (date, own) = Start(found.GetValueOrDefault("DTSTART"), zone, ref problem);
        var row = new RowDraft(line, Value("UID"), date, null, currency, title, importance, null, null).Row(own);
        return problem is null ? row : row with { Problem = problem };
    }

    private static (string? Date, TimeZoneInfo Zone) Start(Property? start, TimeZoneInfo zone, ref string? problem)
    {
        if (start is null) return (null, zone);
        if (start.Parameters.GetValueOrDefault("TZID") is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone!))
        {
            problem ??= $"The time zone “{name}” is not known here.";
            return (null, TimeZoneInfo.Utc);
        }

        var text = start.Value;
        if (text.Length == 8) return (text, zone);
        return DateTime.TryParseExact(text.TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)
            ? (wall.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + (text.EndsWith('Z') ? "Z" : ""), zone) : (text, zone);
    }

    private static (string? Currency, string Title) Parted(string summary)
    {
        var text = summary.Trim();
        if (text.Length > 5 && text[0] == '[' && text[4] == ']' && IsCurrency(text[1..4])) return (text[1..4], text[5..].Trim());
        if (text.Length > 4 && IsCurrency(text[..3]) && text[3] is ':' or ' ' or '-') return (text[..3], text[4..].TrimStart('-', ' ', ':'));
        return (null, text);
    }

    private static bool IsCurrency(string text) => text.Length == 3 && Engine.Values.Currency.TryOf(text, out _);

    private static string? PriorityOf(string? priority) => int.TryParse(priority, NumberStyles.None, CultureInfo.InvariantCulture, out var rank)
        ? rank switch { >= 1 and <= 4 => "high", 5 => "medium", _ => "low" } : null;

    private static string Unescaped(string value) => value.Replace("\\n", " ", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    /// <summary>A line that begins with a blank goes on with the one before it.</summary>
    private static IEnumerable<(int Number, string Line)> Unfolded(string text)
    {
        var (number, start, whole) = (0, 0, "");
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r');
            if (line.Length > 0 && line[0] is ' ' or '\t') { whole += line[1..]; continue; }
            if (whole.Length > 0) yield return (start, whole);
            (start, whole) = (number, line);
        }

        if (whole.Length > 0) yield return (start, whole);
    }

    private sealed record Property(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
    {
        /// <summary>NAME;PARAMETER=value:value. A colon inside quotes belongs to a parameter.</summary>
        public static Property? Of(string line)
        {
            var (colon, quoted) = (-1, false);
            for (var i = 0; i < line.Length && colon < 0; i++)
            {
                if (line[i] == '"') quoted = !quoted;
                else if (line[i] == ':' && !quoted) colon = i;
            }

            if (colon < 1) return null;
            var parts = line[..colon].Split(';');
            var parameters = parts.Skip(1).Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2).GroupBy(pair => pair[0].ToUpperInvariant()).ToDictionary(pair => pair.Key, pair => pair.First()[1].Trim('"'), StringComparer.Ordinal);
            return new Property(parts[0].Trim().ToUpperInvariant(), parameters, line[(colon + 1)..].Trim());
        }
    }
}
