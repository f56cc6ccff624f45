using System.Collections.Concurrent;

namespace TradeSense.Web.Api.V2;

/// <summary>How a bucket stands after a request asked for a token.</summary>
/// <param name="Wait">Until the next token; nothing when this one was given.</param>
/// <param name="UntilFull">Until it would be full again if nobody asked.</param>
internal readonly record struct Allowance(bool IsGiven, int Limit, int Remaining, TimeSpan Wait, TimeSpan UntilFull);

/// <summary>
/// One token bucket for each key. A bucket is one number: the instant at which it will be full again. A token moves it on by the time a token takes to
/// come back, and none is left when it lies further ahead than a full bucket takes.
/// </summary>
internal sealed class TokenBuckets<TKey>(TimeSpan each, int burst, TimeProvider clock) where TKey : notnull
{
    private const int Most = 50_000;
    private readonly ConcurrentDictionary<TKey, Bucket> _buckets = new();
    private readonly long _origin = clock.GetTimestamp();

    private sealed class Bucket
    {
        public long FullAt;
    }

    public Allowance Take(TKey key) => Ask(key, isTaken: true);

    /// <summary>How it stands, without taking anything.</summary>
    public Allowance Look(TKey key) => Ask(key, isTaken: false);

    private Allowance Ask(TKey key, bool isTaken)
    {
        var now = clock.GetElapsedTime(_origin).Ticks;
        if (_buckets.Count >= Most) Forget(now);
        var bucket = _buckets.GetOrAdd(key, _ => new Bucket());
        lock (bucket)
        {
            var (next, most) = (Math.Max(bucket.FullAt, now) + each.Ticks, now + each.Ticks * burst);
            if (next > most) return new Allowance(false, burst, 0, TimeSpan.FromTicks(next - most), TimeSpan.FromTicks(next - each.Ticks - now));

            if (isTaken) bucket.FullAt = next;
            return new Allowance(true, burst, (int)((most - next) / each.Ticks), TimeSpan.Zero, TimeSpan.FromTicks(next - now));
        }
    }

    /// <summary>A full bucket says no more than none.</summary>
    private void Forget(long now)
    {
        foreach (var (key, bucket) in _buckets)
            if (Volatile.Read(ref bucket.FullAt) <= now) _buckets.TryRemove(key, out _);
    }
}
