using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Calendar.Files;

namespace TradeSense.Modules.Trading.Calendar;

/// <summary>Reads a calendar file and keeps its lines to be looked at; nothing is in the calendar before it is taken over.</summary>
public sealed class ReadCalendarFile(TradeSenseDb db, CurrentActor actor, TimeProvider clock)
{
    public const int MostBytes = 1024 * 1024, MostRows = 5000, LongestSource = 60;

    /// <param name="TimeZone">Of times that do not say theirs.</param>
    public sealed record Request(string? FileName, byte[]? Content, string? Source, string? TimeZone);

    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        if (request.Content is not { Length: > 0 } content) return CalendarRefusal.FileMissing;
        if (content.Length > MostBytes) return CalendarRefusal.TooLarge.With(MostBytes / 1024, MostRows);
        if (request.Source?.Trim() is not { Length: > 0 and <= LongestSource } source || source == CalendarEvent.ByHand) return CalendarRefusal.InvalidSource.With(LongestSource);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(request.TimeZone ?? "", out var zone)) return CalendarRefusal.UnknownZone;

        IReadOnlyList<CalendarRow> rows;
        try
        {
            rows = CalendarFile.Read(content, zone);
        }
        catch (CalendarFileException problem)
        {
            return CalendarRefusal.Unreadable.With(problem.Message);
        }

        if (rows.Count == 0) return CalendarRefusal.NoEvents;
        if (rows.Count > MostRows) return CalendarRefusal.TooLarge.With(MostBytes / 1024, MostRows);

        var (now, name) = (clock.GetUtcNow(), Path.GetFileName(request.FileName ?? "") is { Length: > 0 } given ? given : "calendar");
        var import = new CalendarImport
        {
            Id = Guid.CreateVersion7(now), FileName = name.Length > 200 ? name[..200] : name, Source = source, Rows = JsonSerializer.Serialize(rows.Select(Stored), Json.Options), MadeBy = actor.Name, MadeAt = now,
        };
        db.Add(import);
        await db.SaveChangesAsync(ct);
        return import.Id;
    }

    /// <summary>The database's JSON holds no null character.</summary>
    private static CalendarRow Stored(CalendarRow row)
    {
        static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal);
        return row with { SourceId = row.SourceId is { } id && Clean(id).Length > 0 ? Clean(id) : null, Currency = Clean(row.Currency), Title = Clean(row.Title), Forecast = Clean(row.Forecast), Previous = Clean(row.Previous), Problem = row.Problem is { } problem ? Clean(problem) : null };
    }
}
