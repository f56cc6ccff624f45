namespace TradeSense.Modules.Audit;

/// <summary>How many attempts an hour are written down: whoever tries without end fills no trail. What goes unwritten is counted and told with the next one that is written.</summary>
public sealed class AttemptBudget(TimeProvider clock)
{
    public const int OfOne = 60, OfTenant = 1000;

    /// <summary>Addresses remembered within an hour; beyond them nobody new is written down.</summary>
    private const int Most = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid Tenant, string Who), int> _ofOne = [];
    private readonly Dictionary<Guid, (int Written, int Unwritten)> _ofTenant = [];
    private long _hour;

    /// <returns>How many went unwritten before this one; null when this one goes unwritten, too.</returns>
    public int? Take(Guid tenant, string who)
    {
        lock (_gate)
        {
            Begin(clock.GetUtcNow().ToUnixTimeSeconds() / 3600);
            var (written, unwritten) = _ofTenant.GetValueOrDefault(tenant);
            var own = _ofOne.GetValueOrDefault((tenant, who));
            if (written >= OfTenant || own >= OfOne || (own == 0 && _ofOne.Count >= Most))
            {
                _ofTenant[tenant] = (written, unwritten + 1);
                return null;
            }

            (_ofOne[(tenant, who)], _ofTenant[tenant]) = (own + 1, (written + 1, 0));
            return unwritten;
        }
    }

    private void Begin(long hour)
    {
        if (hour == _hour) return;

        _hour = hour;
        _ofOne.Clear();
        foreach (var (tenant, (_, unwritten)) in _ofTenant.ToArray()) _ofTenant[tenant] = (0, unwritten);
    }
}
