using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Instruments;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Trading.Calendar;

/// <summary>Says that the calendar is another one now: with the change, the promise is stored that the engines hear of it.</summary>
public sealed class CalendarChanges(Outbox outbox, TimeProvider clock)
{
    public const string MessageKind = "calendar.changed";

    public void Tell() => outbox.Add(MessageKind, Guid.CreateVersion7(clock.GetUtcNow()).ToString(), clock.GetUtcNow());
}

/// <summary>Hands the important events to the engines. Tried again while a shard is away; the last list counts, so order and repetition do not matter.</summary>
public sealed class OnCalendarChanged(TradeSenseDb db, ListNews list, TimeProvider clock) : IOutboxHandler
{
    /// <summary>Past events matter while trades opened near them are open, future ones when their day has come.</summary>
    private static readonly TimeSpan Past = TimeSpan.FromDays(180), Future = TimeSpan.FromDays(400);

    public string Kind => CalendarChanges.MessageKind;

    public async Task Handle(OutboxMessage message, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (from, to) = (now - Past, now + Future);
        var important = await db.Set<CalendarEvent>().AsNoTracking().Where(found => found.Importance == Importance.High && found.At >= from && found.At <= to).OrderBy(found => found.At)
            .Select(found => new { found.At, found.Currency, found.Title }).ToListAsync(ct);
        await list.Run([.. important.Select(found => new NewsEvent(found.At, found.Currency, found.Title))], ct);
    }
}
