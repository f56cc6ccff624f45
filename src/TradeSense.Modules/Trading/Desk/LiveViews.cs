using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TradeSense.Engine.Accounts;
using TradeSense.Engine.Values;

namespace TradeSense.Modules.Trading.Desk;

/// <summary>Pictures of the accounts somebody is looking at: at once when the account changed, four times a second while quotes move it, the newest only.</summary>
internal sealed class LiveViews
{
    private readonly ConcurrentDictionary<AccountId, Watched> _watched = new();

    /// <summary>Each picture as it comes, until the account's shard stops serving here; a slow reader misses some, never the newest.</summary>
    public async IAsyncEnumerable<AccountView> Watch(AccountId account, Func<bool> isServed, [EnumeratorCancellation] CancellationToken ct)
    {
        var pictures = Channel.CreateBounded<AccountView>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        var watched = _watched.AddOrUpdate(account, _ => new Watched([pictures]), (_, others) => new Watched([.. others.Readers, pictures]));
        try
        {
            // Asked after entering the list: from here on an end is told.
            if (!isServed()) yield break;
            await foreach (var view in pictures.Reader.ReadAllAsync(ct)) yield return view;
        }
        finally
        {
            while (!Leave(account, pictures)) { }
        }
    }

    /// <summary>Called by the shard after its commit, so that nobody sees what is not durable.</summary>
    public void Publish(ShardState state, IReadOnlySet<AccountId> changed, bool isRound)
    {
        foreach (var (account, watched) in _watched)
        {
            if (!isRound && !changed.Contains(account)) continue;
            if (state.Engine.View(account) is not { } view) continue;
            foreach (var reader in watched.Readers) reader.Writer.TryWrite(view);
        }
    }

    /// <summary>The shard of these accounts serves here no longer, and nobody would publish them.</summary>
    public void End(Predicate<AccountId> isOfShard)
    {
        foreach (var (account, watched) in _watched)
        {
            if (!isOfShard(account)) continue;
            foreach (var reader in watched.Readers) reader.Writer.TryComplete();
        }
    }

    private bool Leave(AccountId account, Channel<AccountView> pictures)
    {
        if (!_watched.TryGetValue(account, out var watched)) return true;
        var others = watched.Readers.Where(reader => reader != pictures).ToArray();
        return others.Length == 0
            ? _watched.TryRemove(KeyValuePair.Create(account, watched))
            : _watched.TryUpdate(account, new Watched(others), watched);
    }

    private sealed record Watched(IReadOnlyList<Channel<AccountView>> Readers);
}
