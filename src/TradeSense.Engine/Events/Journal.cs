using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;

namespace TradeSense.Engine.Events;

/// <summary>Where accounts put their facts during one Apply, and which of them must be stored again.</summary>
internal sealed class Journal
{
    private readonly HashSet<AccountId> _changed = [];

    /// <summary>The caller's list, set for the time of one Apply.</summary>
    public ICollection<EngineEvent> Events { get; set; } = [];

    public void Record(EngineEvent fact)
    {
        Events.Add(fact);
        Changed(fact.Account);
    }

    public void Changed(AccountId account) => _changed.Add(account);

    public IReadOnlyCollection<AccountId> TakeChanged()
    {
        if (_changed.Count == 0) return [];
        AccountId[] taken = [.. _changed];
        _changed.Clear();
        return taken;
    }
}
