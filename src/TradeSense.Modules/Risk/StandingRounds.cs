using System.Collections.Concurrent;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk;

/// <summary>
/// Asks the database for many accounts' standing in one round trip: whoever comes while one is under way goes with the next. Who is alone waits for nobody, and every answer
/// was read after its asker came.
/// </summary>
public sealed class StandingRounds(TenantLookup lookup)
{
    private readonly ConcurrentDictionary<Guid, Brand> _brands = new();

    internal async Task<string?> Of(Guid tenant, Guid account, Guid user, CancellationToken ct)
    {
        var brand = _brands.GetOrAdd(tenant, id => new Brand(asked => Read(id, asked)));
        return (await brand.Join((account, user)).WaitAsync(ct)).GetValueOrDefault((account, user));
    }

    private async Task<Dictionary<(Guid, Guid), string>> Read(Guid tenant, IReadOnlyCollection<(Guid Account, Guid User)> asked)
    {
        var rows = await lookup.Read(tenant, row => (Key: (row.GetGuid(0), row.GetGuid(1)), Standing: row.GetString(2)), CancellationToken.None, TenantLookup.Ask("""
            select a.id, a.user_id, concat_ws(' ', a.xmin, c.xmin,
                (select string_agg(concat(p.id, p.xmin), ' ' order by p.phase_index) from challenge_phases p where p.tenant_id = a.tenant_id and p.challenge_id = a.challenge_id),
                (select string_agg(concat(o.id, o.xmin), ' ' order by o.id) from trading_accounts o where o.tenant_id = a.tenant_id and o.challenge_id = a.challenge_id and o.id <> a.id),
                (select string_agg(f.xmin::text, ' ' order by f.id) from certificates f where f.tenant_id = a.tenant_id and f.challenge_id = a.challenge_id),
                (select string_agg(k.xmin::text, ' ' order by k.id) from contracts k where k.tenant_id = a.tenant_id and k.challenge_id = a.challenge_id),
                (select string_agg(concat(y.id, y.xmin), ' ' order by y.id) from payouts y where y.tenant_id = a.tenant_id and y.account_id = a.id and y.status = 'Paid'),
                (select string_agg(concat(t.xmin, i.xmin), ' ' order by i.id) from incident_accounts t join incidents i on i.tenant_id = t.tenant_id and i.id = t.incident_id
                    where t.tenant_id = a.tenant_id and t.account_id = a.id))
            from unnest($2, $3) asked (id, user_id)
            join trading_accounts a on a.tenant_id = $1 and a.id = asked.id and a.user_id = asked.user_id
            join challenges c on c.tenant_id = a.tenant_id and c.id = a.challenge_id
            """, tenant, asked.Select(one => one.Account).ToArray(), asked.Select(one => one.User).ToArray()));
        return rows.ToDictionary(row => row.Key, row => row.Standing);
    }

    /// <summary>The rounds of one brand, one after the other.</summary>
    private sealed class Brand(Func<IReadOnlyCollection<(Guid Account, Guid User)>, Task<Dictionary<(Guid, Guid), string>>> read)
    {
        private readonly Lock _joining = new();
        private HashSet<(Guid, Guid)>? _open;
        private Task<Dictionary<(Guid, Guid), string>> _last = Task.FromResult<Dictionary<(Guid, Guid), string>>([]);

        public Task<Dictionary<(Guid, Guid), string>> Join((Guid, Guid) one)
        {
            lock (_joining)
            {
                if (_open is null)
                {
                    var (before, asked) = (_last, _open = []);
                    _last = Task.Run(() => Begin(before, asked));
                }

                _open.Add(one);
                return _last;
            }
        }

        /// <summary>Begins when the round before has ended, however it did; from then on nobody joins.</summary>
        private async Task<Dictionary<(Guid, Guid), string>> Begin(Task before, HashSet<(Guid, Guid)> asked)
        {
            await Task.WhenAny(before);
            lock (_joining)
            {
                _open = null;
            }

            return await read(asked);
        }
    }
}
