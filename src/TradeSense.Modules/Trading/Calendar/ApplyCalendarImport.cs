using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Calendar;

/// <summary>Takes the good lines of a file into the calendar: new events are added, known ones changed, the rest is left out. The engines hear of it.</summary>
public sealed class ApplyCalendarImport(TradeSenseDb db, CalendarImportDetail detail, CalendarChanges changes, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result<CalendarImport>> Run(Guid id, CancellationToken ct)
    {
        // Two presses, or two people with two files, take turns.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('calendar', 0))", ct);
        if (await db.Set<CalendarImport>().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } import) return CalendarRefusal.Unknown;
        if (import.AppliedAt is not null) return CalendarRefusal.AlreadyApplied;

        var existing = await detail.Existing(import, ct);
        var (byId, now) = (existing.ToDictionary(found => found.Id), clock.GetUtcNow());
        foreach (var line in CalendarImportDetail.Judged(import, existing))
        {
            if (line.Fate is RowFate.New) (import.Added, _) = (import.Added + 1, db.Add(Made(line.Row, import.Source, now)));
            if (line.Fate is not RowFate.Changed) continue;

            Change(byId[line.Known!.Value], line.Row, now);
            import.Changed++;
        }

        import.AppliedAt = now;
        if (import.Added + import.Changed > 0) changes.Tell();
        await audit.Record("calendar.imported", $"calendar_import:{id}", new { import.FileName, import.Source, import.Added, import.Changed }, ct);
        await db.SaveChangesAsync(ct);
        return import;
    }

    private static CalendarEvent Made(CalendarRow row, string source, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now), Source = source, SourceId = row.SourceId, At = row.At, Currency = row.Currency, Title = row.Title, Importance = row.Importance, Forecast = row.Forecast, Previous = row.Previous, ChangedAt = now,
    };

    private static void Change(CalendarEvent known, CalendarRow row, DateTimeOffset now)
    {
        (known.At, known.Currency, known.Title, known.Importance) = (row.At, row.Currency, row.Title, row.Importance);
        (known.Forecast, known.Previous, known.ChangedAt) = (row.Forecast, row.Previous, now);
    }
}
