using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Database;

/// <summary>Events from outside are stored before they are answered; the sender may repeat them as often as it likes.</summary>
public sealed class Inbox(TradeSenseDb db, CurrentTenant tenant, TimeProvider clock)
{
    /// <summary>True the first time this event is seen; a repetition only counts up.</summary>
    public async Task<bool> Accept(string source, string eventId, byte[] body, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var seen = await db.Database.SqlQuery<int>($"""
            insert into inbox_messages (tenant_id, id, source, event_id, body, received_at)
            values ({tenant.Id}, {Guid.CreateVersion7(now)}, {source}, {eventId}, {body}, {now})
            on conflict (tenant_id, source, event_id) do update set times_seen = inbox_messages.times_seen + 1
            returning times_seen as "Value"
            """).ToListAsync(ct);
        return seen.Single() == 1;
    }
}
