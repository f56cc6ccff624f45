using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Risk.Incidents;

/// <summary>Takes the market's incidents into the firm's record, each with the promise of that moment, and looks for touched accounts once they are over.</summary>
public sealed class FollowIncidents(TradeSenseDb db, CurrentTenant tenant, Promises promises, AssessIncident assess, TimeProvider clock)
{
    /// <summary>By then the archive has the quotes and the receipts are complete.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(30);

    /// <summary>A firm that opened later was not there.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(30);

    /// <returns>How many incidents were assessed.</returns>
    public async Task<int> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await Record(now, ct);
        await LookAgain(now, ct);
        var over = await db.Set<Incident>().AsTracking().Where(row => row.AssessedAt == null && row.EndedAt != null && row.EndedAt < now - Settled).OrderBy(row => row.StartedAt).ToListAsync(ct);
        foreach (var incident in over) await assess.Run(incident, ct);
        return over.Count;
    }

    /// <summary>A verdict that fell after the incident was assessed, on one of its prices or under a floor it raised: a day's start can be hours later.</summary>
    private Task<int> LookAgain(DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        update incidents i set assessed_at = null
        where i.assessed_at is not null and i.ended_at > {now - Reach} and exists (
            select from breaches b where b.at > i.assessed_at - {Settled} and (
                exists (select from jsonb_array_elements(b.evidence::jsonb -> 'quotes') q
                        where q ->> 'symbol' = any (i.symbols) and (q ->> 'at')::timestamptz between i.started_at and i.ended_at)
                or exists (select from incident_accounts t where t.incident_id = i.id and t.account_id = b.account_id and t.touch = 'Floor')))
        """, ct);

    private async Task Record(DateTimeOffset now, CancellationToken ct)
    {
        var since = await db.Database.SqlQuery<DateTimeOffset>($"""select greatest(created_at, {now - Reach}) as "Value" from tenants where id = {tenant.Id}""").SingleAsync(ct);
        var fresh = await db.Set<MarketIncident>().AsNoTracking()
            .Where(market => (market.EndedAt ?? now) > since && !db.Set<Incident>().Any(own => own.MarketIncident == market.Id)).ToListAsync(ct);
        var promised = fresh.Count == 0 ? null : await promises.Read(ct);
        foreach (var market in fresh)
        {
            db.Add(new Incident
            {
                Id = Guid.CreateVersion7(now), MarketIncident = market.Id, Kind = market.Kind, Symbols = market.Symbols, StartedAt = market.StartedAt, EndedAt = market.EndedAt,
                Reason = market.Reason, Remedy = promised![market.Kind], DeclaredBy = market.DeclaredBy, DeclaredAt = market.DeclaredAt,
            });
        }

        await db.SaveChangesAsync(ct);

        // One that ended, or turned out longer, is looked at again.
        await db.Database.ExecuteSqlAsync($"""
            update incidents i set ended_at = m.ended_at, assessed_at = null
            from market_incidents m where m.id = i.market_incident and i.ended_at is distinct from m.ended_at
            """, ct);
    }
}

/// <summary>Every minute.</summary>
internal sealed class FollowIncidentsJob(FollowIncidents follow) : ITenantJob
{
    public Task Run(CancellationToken ct) => follow.Run(ct);
}
