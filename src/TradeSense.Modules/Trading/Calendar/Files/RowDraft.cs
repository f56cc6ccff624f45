using System.Globalization;

namespace TradeSense.Modules.Trading.Calendar.Files;

/// <summary>An event as a file has it, all texts; <see cref="Row"/> reads them and says what is wrong with the first that cannot be read.</summary>
internal sealed record RowDraft(int Line, string? Id, string? Date, string? Time, string? Currency, string? Title, string? Importance, string? Forecast, string? Previous)
{
    private const int LongestTitle = 200, LongestFigure = 40, LongestId = 200;

    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyyMMdd", "MM/dd/yyyy", "dd.MM.yyyy"];
    private static readonly string[] Times = ["HH:mm", "HH:mm:ss", "H:mm", "h:mmtt", "h:mm tt"];

    private static readonly Dictionary<string, string> Areas = new(StringComparer.OrdinalIgnoreCase)
    {
        ["US"] = "USD", ["UNITED STATES"] = "USD", ["EU"] = "EUR", ["EMU"] = "EUR", ["EURO AREA"] = "EUR", ["EUROZONE"] = "EUR", ["DE"] = "EUR", ["GERMANY"] = "EUR", ["FR"] = "EUR", ["FRANCE"] = "EUR",
        ["IT"] = "EUR", ["ITALY"] = "EUR", ["ES"] = "EUR", ["SPAIN"] = "EUR", ["UK"] = "GBP", ["GB"] = "GBP", ["UNITED KINGDOM"] = "GBP", ["JP"] = "JPY", ["JAPAN"] = "JPY", ["CH"] = "CHF", ["SWITZERLAND"] = "CHF",
        ["AU"] = "AUD", ["AUSTRALIA"] = "AUD", ["NZ"] = "NZD", ["NEW ZEALAND"] = "NZD", ["CA"] = "CAD", ["CANADA"] = "CAD", ["CN"] = "CNY", ["CHINA"] = "CNY",
    };

    /// <param name="zone">Of times that do not say theirs.</param>
    public CalendarRow Row(TimeZoneInfo zone)
    {
        var problem = default(string);
        var at = ReadTime(zone, ref problem);
        var currency = Areas.GetValueOrDefault(Currency?.Trim() ?? "", Currency?.Trim().ToUpperInvariant() ?? "");
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)) problem ??= currency.Length == 0 ? "It has no currency." : $"“{Cut(currency, 20)}” is no currency.";
        var title = string.Join(' ', (Title ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (title.Length is 0 or > LongestTitle) problem ??= title.Length == 0 ? "It has no title." : $"Its title is longer than {LongestTitle} characters.";
        if (Level(Importance) is not { } importance) (importance, problem) = (Calendar.Importance.Low, problem ?? $"“{Cut(Importance!, 20)}” is no importance: write low, medium or high.");
        return new CalendarRow(
            Line, string.IsNullOrWhiteSpace(Id) ? null : Cut(Id.Trim(), LongestId), at, problem is null ? currency : Cut(currency, 3), Cut(title, LongestTitle), importance, Cut(Forecast?.Trim() ?? "", LongestFigure), Cut(Previous?.Trim() ?? "", LongestFigure), problem);
    }

    /// <summary>Null for a word that is none; nothing said is low, so that no rule rests on a gap in a file.</summary>
    private static Importance? Level(string? text) => (text?.Trim().ToUpperInvariant() ?? "") switch
    {
        "" or "LOW" or "1" or "YELLOW" or "NONE" or "HOLIDAY" or "NON-ECONOMIC" => Calendar.Importance.Low,
        "MEDIUM" or "MED" or "MODERATE" or "2" or "ORANGE" => Calendar.Importance.Medium,
        "HIGH" or "3" or "RED" => Calendar.Importance.High,
        _ => null,
    };

    private DateTimeOffset ReadTime(TimeZoneInfo zone, ref string? problem)
    {
        var (date, time) = (Date?.Trim() ?? "", Time?.Trim() ?? "");
        if (time.Length == 0 && DateTimeOffset.TryParseExact(date, ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss.fffK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
            return date.Length > 10 && HasOffset(date) ? instant.ToUniversalTime() : LocalTime.Instant(instant.DateTime, zone, ref problem);
        if (DateOnly.TryParseExact(date, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && TimeOnly.TryParseExact(time, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
            return LocalTime.Instant(day.ToDateTime(clock), zone, ref problem);
        problem ??= date.Length == 0 ? "It has no time." : time.Length == 0 && date.Length <= 10 ? "It has a day but no time of day." : $"“{Cut((date + " " + time).Trim(), 40)}” is no time: write 2026-12-04 13:30.";
        return DateTimeOffset.UnixEpoch;
    }

    private static bool HasOffset(string text) => text[^1] is 'Z' or 'z' || text.LastIndexOfAny(['+', '-']) > 10;

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];
}

/// <summary>Wall-clock times as instants.</summary>
internal static class LocalTime
{
    /// <summary>A time that occurs twice means the earlier; one that is skipped is a mistake of the file's.</summary>
    public static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone, ref string? problem)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wall))
        {
            problem ??= $"{wall.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} does not exist in {zone.Id}: the clocks go forward then.";
            return DateTimeOffset.UnixEpoch;
        }

        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }
}
