using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Calendar;

/// <summary>What taking a line over would do.</summary>
public enum RowFate { New, Changed, Known, Repeated, Wrong }

/// <summary>A file's lines with what each would do to the calendar as it is now.</summary>
public sealed class CalendarImportDetail(TradeSenseDb db)
{
    /// <param name="Known">The event of the calendar it is the same as.</param>
    public sealed record Line(CalendarRow Row, RowFate Fate, Guid? Known);

    public sealed record Picture(CalendarImport Import, IReadOnlyList<Line> Lines)
    {
        public int Count(RowFate fate) => Lines.Count(line => line.Fate == fate);
    }

    public async Task<Picture?> Read(Guid id, CancellationToken ct)
    {
        var import = await db.Set<CalendarImport>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
        return import is null ? null : new Picture(import, Judged(import, await Existing(import, ct)));
    }

    internal static IReadOnlyList<CalendarRow> RowsOf(CalendarImport import) => JsonSerializer.Deserialize<List<CalendarRow>>(import.Rows, Json.Options)!;

    /// <summary>The events of the calendar that lines of the file could be the same as.</summary>
    internal async Task<List<CalendarEvent>> Existing(CalendarImport import, CancellationToken ct)
    {
        var rows = RowsOf(import).Where(row => row.Problem is null).ToList();
        var (ids, times) = (rows.Select(row => row.SourceId).OfType<string>().Distinct().ToList(), rows.Select(row => row.At).Distinct().ToList());
        return await db.Set<CalendarEvent>().Where(found => (found.Source == import.Source && found.SourceId != null && ids.Contains(found.SourceId)) || times.Contains(found.At)).ToListAsync(ct);
    }

    /// <summary>The same is what has the same id at the same source, else the same time, currency and title.</summary>
    internal static IReadOnlyList<Line> Judged(CalendarImport import, IReadOnlyList<CalendarEvent> existing)
    {
        var byId = existing.Where(found => found.Source == import.Source && found.SourceId is not null).ToDictionary(found => found.SourceId!, StringComparer.Ordinal);
        var byName = existing.ToDictionary(found => (found.At, found.Currency, found.Title));
        var (seenIds, seenNames) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<(DateTimeOffset, string, string)>());
        var lines = new List<Line>();
        foreach (var row in RowsOf(import))
        {
            if (row.Problem is not null)
            {
                lines.Add(new Line(row, RowFate.Wrong, null));
                continue;
            }

            var isFirst = seenNames.Add((row.At, row.Currency, row.Title));
            if (row.SourceId is not null) isFirst &= seenIds.Add(row.SourceId);
            var named = byName.GetValueOrDefault((row.At, row.Currency, row.Title));
            var known = row.SourceId is not null && byId.TryGetValue(row.SourceId, out var sourced) ? sourced : named;
            // What moves to a place that another event has would be that event twice.
            var fate = !isFirst || (named is not null && named != known) ? RowFate.Repeated : known is null ? RowFate.New : IsSame(known, row) ? RowFate.Known : RowFate.Changed;
            lines.Add(new Line(row, fate, known?.Id));
        }

        return lines;
    }

    private static bool IsSame(CalendarEvent known, CalendarRow row) =>
        (known.At, known.Currency, known.Title, known.Importance, known.Forecast, known.Previous) == (row.At, row.Currency, row.Title, row.Importance, row.Forecast, row.Previous);
}
