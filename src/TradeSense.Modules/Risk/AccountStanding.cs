using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Risk;

/// <summary>
/// Which transactions last wrote what an account's page shows: its row, its challenge with phases, certificates and contract, its incidents and paid payouts. One round trip under the
/// tenant's wall, without a transaction of its own; as long as the text is the same, a page made before is still true.
/// </summary>
public sealed class AccountStanding(TenantLookup lookup, CurrentTenant tenant)
{
    /// <param name="userId">The trader who asks.</param>
    /// <returns>Null when the trader has no such account.</returns>
    public async Task<string?> Of(Guid accountId, Guid userId, CancellationToken ct) =>
        (await lookup.Read(tenant.Id, row => row.GetString(0), ct, TenantLookup.Ask("""
            select concat_ws(' ', a.xmin, c.xmin,
                (select string_agg(concat(p.id, p.xmin), ' ' order by p.phase_index) from challenge_phases p where p.tenant_id = a.tenant_id and p.challenge_id = a.challenge_id),
                (select string_agg(concat(o.id, o.xmin), ' ' order by o.id) from trading_accounts o where o.tenant_id = a.tenant_id and o.challenge_id = a.challenge_id and o.id <> a.id),
                (select string_agg(f.xmin::text, ' ' order by f.id) from certificates f where f.tenant_id = a.tenant_id and f.challenge_id = a.challenge_id),
                (select string_agg(k.xmin::text, ' ' order by k.id) from contracts k where k.tenant_id = a.tenant_id and k.challenge_id = a.challenge_id),
                (select string_agg(concat(y.id, y.xmin), ' ' order by y.id) from payouts y where y.tenant_id = a.tenant_id and y.account_id = a.id and y.status = 'Paid'),
                (select string_agg(concat(t.xmin, i.xmin), ' ' order by i.id) from incident_accounts t join incidents i on i.tenant_id = t.tenant_id and i.id = t.incident_id
                    where t.tenant_id = a.tenant_id and t.account_id = a.id))
            from trading_accounts a join challenges c on c.tenant_id = a.tenant_id and c.id = a.challenge_id where a.tenant_id = $1 and a.id = $2 and a.user_id = $3
            """, tenant.Id, accountId, userId))).FirstOrDefault();
}
