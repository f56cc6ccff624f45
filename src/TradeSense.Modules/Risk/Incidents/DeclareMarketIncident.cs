using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>The platform's staff declare that the market's prices were, or still are, missing or wrong. Every firm takes it into its record within a minute of its end.</summary>
public sealed class DeclareMarketIncident(TradeSenseDb db, AuditTrail audit, CurrentActor actor, TimeProvider clock)
{
    /// <param name="To">Null while it lasts.</param>
    public sealed record Request(IncidentKind Kind, string? Symbols, DateTimeOffset From, DateTimeOffset? To, string? Reason);

    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var checkedInput = IncidentInput.Check(request.Symbols, request.From, request.To, request.Reason, now);
        if (checkedInput.IsRefused) return checkedInput.Refusal;

        var (symbols, reason) = checkedInput.Value;
        var incident = new MarketIncident
        {
            Id = Guid.CreateVersion7(now), Kind = request.Kind, Symbols = symbols, StartedAt = request.From.ToUniversalTime(), EndedAt = request.To?.ToUniversalTime(), Reason = reason,
            DeclaredBy = actor.Name, DeclaredAt = now, LastSeenAt = now,
        };
        db.Add(incident);
        await db.SaveChangesAsync(ct);
        await audit.Record("market_incident.declared", $"market_incident:{incident.Id}", new { incident.Kind, incident.Symbols, incident.StartedAt, incident.EndedAt, incident.Reason }, ct);
        return incident.Id;
    }

    /// <summary>Ends one that lasts, now.</summary>
    public async Task<Result> End(Guid id, CancellationToken ct)
    {
        if (await db.Set<MarketIncident>().AsTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } incident) return IncidentRefusal.Unknown;
        if (incident.EndedAt is not null || incident.DeclaredBy == MarketIncident.Guard) return IncidentRefusal.Over;

        (incident.EndedAt, incident.LastSeenAt) = (clock.GetUtcNow(), clock.GetUtcNow());
        await audit.Record("market_incident.ended", $"market_incident:{id}", new { incident.EndedAt }, ct);
        return Result.Ok;
    }
}
