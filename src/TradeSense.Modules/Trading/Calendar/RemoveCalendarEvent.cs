using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Trading.Calendar;

/// <summary>Takes an event out of the calendar; from then on it restricts nobody.</summary>
public sealed class RemoveCalendarEvent(TradeSenseDb db, CalendarChanges changes, AuditTrail audit)
{
    public async Task<Result> Run(Guid id, CancellationToken ct)
    {
        if (await db.Set<CalendarEvent>().SingleOrDefaultAsync(found => found.Id == id, ct) is not { } known) return CalendarRefusal.Unknown;

        db.Remove(known);
        changes.Tell();
        await audit.Record("calendar_event.removed", $"calendar_event:{id}", new { known.At, known.Currency, known.Title, known.Importance }, ct);
        return Result.Ok;
    }
}
