using System.Text;

namespace TradeSense.Modules.Trading.Calendar.Files;

/// <summary>CSV with a line of names: <c>date,time,currency,importance,title,forecast,previous,id</c>, in any order, separated by commas or semicolons (RFC 4180). Date and time may stand in one column.</summary>
internal static class CsvCalendar
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "id", ["uid"] = "id", ["event_id"] = "id", ["date"] = "date", ["datetime"] = "date", ["at"] = "date", ["time_utc"] = "date", ["start"] = "date", ["time"] = "time", ["currency"] = "currency", ["country"] = "currency",
        ["importance"] = "importance", ["impact"] = "importance", ["title"] = "title", ["event"] = "title", ["name"] = "title", ["summary"] = "title", ["forecast"] = "forecast", ["consensus"] = "forecast", ["previous"] = "previous",
    };

    public static IReadOnlyList<CalendarRow> Read(string text, TimeZoneInfo zone)
    {
        var records = Records(text).GetEnumerator();
        if (!records.MoveNext()) throw new CalendarFileException("it is empty.");

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, place) in records.Current.Cells.Select((cell, place) => (cell.Trim(), place)))
            if (Names.TryGetValue(name, out var known)) places.TryAdd(known, place);
        // A column called time alone holds the whole instant.
        if (!places.ContainsKey("date") && places.Remove("time", out var whole)) places["date"] = whole;
        foreach (var needed in new[] { "date", "currency", "title" })
            if (!places.ContainsKey(needed)) throw new CalendarFileException($"the first line names no column “{needed}”.");

        var rows = new List<CalendarRow>();
        while (records.MoveNext())
        {
            var (line, cells) = records.Current;
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            string? Cell(string name) => places.TryGetValue(name, out var place) && place < cells.Count ? cells[place] : null;
            rows.Add(new RowDraft(line, Cell("id"), Cell("date"), Cell("time"), Cell("currency"), Cell("title"), Cell("importance"), Cell("forecast"), Cell("previous")).Row(zone));
        }

        return rows;
    }

    /// <summary>Cells in quotes may hold separators, line breaks and doubled quotes.</summary>
    private static IEnumerable<(int Line, List<string> Cells)> Records(string text)
    {
        var first = text.AsSpan(0, Math.Max(0, text.IndexOf('\n') is var end && end >= 0 ? end : text.Length));
        var separator = first.Contains(';') && !first.Contains(',') ? ';' : first.Contains('\t') && !first.Contains(',') ? '\t' : ',';
        var (cells, cell, quoted, line, start) = (new List<string>(), new StringBuilder(), false, 1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var sign = text[i];
            if (sign == '\n') line++;
            if (quoted && sign == '"' && i + 1 < text.Length && text[i + 1] == '"') { cell.Append('"'); i++; }
            else if (sign == '"' && (quoted || cell.Length == 0)) quoted = !quoted;
            else if (quoted) cell.Append(sign);
            else if (sign == separator) { cells.Add(cell.ToString()); cell.Clear(); }
            else if (sign == '\n')
            {
                cells.Add(cell.ToString());
                yield return (start, cells);
                (cells, start) = ([], line);
                cell.Clear();
            }
            else if (sign != '\r') cell.Append(sign);
        }

        if (quoted) throw new CalendarFileException($"the quotes opened in line {start} are never closed.");
        cells.Add(cell.ToString());
        if (cells.Count > 1 || cells[0].Length > 0) yield return (start, cells);
    }
}
