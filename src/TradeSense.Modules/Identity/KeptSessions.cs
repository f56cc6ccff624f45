using System.Collections.Concurrent;

namespace TradeSense.Modules.Identity;

/// <summary>
/// Sessions found a moment ago, so that a page and what it loads ask the database once. What ends or changes a session in this process forgets all of them with its
/// commit; what another process ends is found ended here two seconds later at the latest.
/// </summary>
public sealed class KeptSessions(TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<(Guid Tenant, string TokenHash), Found> _found = new();
    private long _generation;

    /// <param name="Generation">As it was before the database was asked.</param>
    private sealed record Found(SignedIn Person, DateTimeOffset LastSeenAt, long Generation, long At);

    /// <summary>To be read before the database is asked: what is forgotten meanwhile is not kept.</summary>
    internal long Generation => Interlocked.Read(ref _generation);

    internal (SignedIn Person, DateTimeOffset LastSeenAt)? Find(Guid tenant, string tokenHash) =>
        _found.TryGetValue((tenant, tokenHash), out var found) && found.Generation == Generation && clock.GetElapsedTime(found.At) < Fresh ? (found.Person, found.LastSeenAt) : null;

    internal void Keep(Guid tenant, string tokenHash, SignedIn person, DateTimeOffset lastSeenAt, long generation)
    {
        if (_found.Count >= Most) _found.Clear();
        _found[(tenant, tokenHash)] = new Found(person, lastSeenAt, generation, clock.GetTimestamp());
    }

    internal void Forget()
    {
        Interlocked.Increment(ref _generation);
        _found.Clear();
    }
}
