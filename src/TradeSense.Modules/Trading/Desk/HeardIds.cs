using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>
/// Which client ids accounts have used, as hashes: an id whose hash is not here was never committed, and the database need not be asked about it before every
/// commit. One whose hash is here may have been used, and the database says exactly. An account's ids are read with its first command and grow with each
/// command done; nobody else can add one while this state holds the lease, and the key of <c>trading_commands</c> would refuse a second row in any case.
/// </summary>
internal sealed class HeardIds(int most = HeardIds.Most)
{
    /// <summary>Of an account with more than these none are kept: it is asked about each time.</summary>
    public const int MostOfAccount = 10_000;

    /// <summary>Some twenty megabytes.</summary>
    private const int Most = 1_000_000;

    private readonly HashSet<long> _hashes = [];

    /// <summary>The accounts asked about before, and whether all their ids are here.</summary>
    private readonly Dictionary<AccountId, bool> _isWhole = [];

    public bool IsAsked(AccountId account) => _isWhole.ContainsKey(account);

    /// <summary>All ids of an account, or more than are kept.</summary>
    public void Take(AccountId account, IReadOnlyCollection<string> ids)
    {
        MakeRoom(ids.Count);
        var isWhole = _isWhole[account] = ids.Count <= Math.Min(MostOfAccount, most);
        if (!isWhole) return;
        foreach (var id in ids) _hashes.Add(HashOf(account, id));
    }

    /// <summary>A command of the account was done with this id.</summary>
    public void Add(AccountId account, string id)
    {
        MakeRoom(1);
        if (_isWhole.GetValueOrDefault(account)) _hashes.Add(HashOf(account, id));
    }

    public bool MayHold(AccountId account, string id) => !_isWhole.GetValueOrDefault(account) || _hashes.Contains(HashOf(account, id));

    /// <summary>Everything goes at once, and each account's ids are read again with its next command.</summary>
    private void MakeRoom(int count)
    {
        if (_hashes.Count + count <= most && _isWhole.Count < most) return;
        _hashes.Clear();
        _isWhole.Clear();
    }

    /// <summary>The text's hash is seeded anew in each process, so that nobody can think of ids that fall together.</summary>
    private static long HashOf(AccountId account, string id) => ((long)account.Value.GetHashCode() << 32) | (uint)id.GetHashCode(StringComparison.Ordinal);
}
