using System.Text;

namespace TradeSense.Modules.Trading.Calendar.Files;

/// <summary>The formats a calendar comes in, told apart by how the text begins: iCal says so, JSON starts with a bracket, the rest is CSV.</summary>
internal static class CalendarFile
{
    /// <exception cref="CalendarFileException">The text is none of them.</exception>
    public static IReadOnlyList<CalendarRow> Read(byte[] content, TimeZoneInfo zone)
    {
        var text = Decoded(content);
        var start = text.AsSpan().TrimStart();
        if (start.StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)) return IcalCalendar.Read(text, zone);
        return start.Length > 0 && start[0] is '[' or '{' ? JsonCalendar.Read(text, zone) : CsvCalendar.Read(text, zone);
    }

    private static string Decoded(byte[] content)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new CalendarFileException("it is not written in UTF-8.");
        }
    }
}

/// <summary>A file that holds no calendar at all; what is wrong with one line is told beside that line.</summary>
internal sealed class CalendarFileException(string message) : Exception(message);
