using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Identity;

/// <summary>A person's live sessions, newest first, and the way to end one of them.</summary>
public sealed class SessionList(TradeSenseDb db, Sessions sessions, AuditTrail audit, TimeProvider clock)
{
    public sealed record Row(Guid Id, DateTimeOffset SignedInAt, DateTimeOffset LastSeenAt, string? Address, string? Device);

    public async Task<IReadOnlyList<Row>> Read(Guid userId, Role role, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (idle, oldest) = (now - Session.IdleLimit(role), now - Session.AbsoluteLimit(role));
        return await db.Set<Session>().AsNoTracking()
            .Where(session => session.UserId == userId && session.EndedAt == null && session.LastSeenAt > idle && session.SignedInAt > oldest)
            .OrderByDescending(session => session.LastSeenAt)
            .Select(session => new Row(session.Id, session.SignedInAt, session.LastSeenAt, session.Address, session.Device)).ToListAsync(ct);
    }

    /// <summary>Ends one of the person's own sessions; another person's id changes nothing.</summary>
    public async Task End(Guid userId, Guid sessionId, CancellationToken ct)
    {
        sessions.Changed();
        var now = clock.GetUtcNow();
        var ended = await db.Set<Session>().Where(session => session.UserId == userId && session.Id == sessionId && session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now), ct);
        if (ended > 0) await audit.Record("session.ended", $"session:{sessionId}", null, ct);
    }
}
