using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Heads;

/// <summary>Recomputes a tenant's audit trail from its first entry: every hash, every link, and that it still reaches each head that was signed. Names the first entry that differs.</summary>
public sealed class VerifyAudit(TradeSenseDb db)
{
    /// <param name="Entries">How many entries there are; with trouble, how many held before it.</param>
    /// <param name="Head">The last entry's hash.</param>
    public sealed record Outcome(long Entries, string Head, int Heads, DateTimeOffset? SignedAt, string? Trouble)
    {
        public bool Holds => Trouble is null;
    }

    public async Task<Outcome> Run(CancellationToken ct)
    {
        var heads = await db.Set<AuditHead>().AsNoTracking().OrderBy(head => head.Sequence).ToListAsync(ct);
        var unsigned = await BrokenHead(heads, ct);
        var (entries, last, next) = (0L, AuditHead.First, 0);
        Outcome Found(string? trouble) => new(entries, last, heads.Count, heads.LastOrDefault()?.SignedAt, trouble);
        if (unsigned is not null) return Found(unsigned);

        await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (Trouble(entry, entries + 1, last) is { } trouble) return Found(trouble);

            (entries, last) = (entry.Sequence, entry.Hash);
            if (next == heads.Count || heads[next].Sequence != entries) continue;
            if (heads[next].Hash != last) return Found(Text($"entry {entries} is not the one that was signed at {heads[next].SignedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
            next++;
        }

        return Found(next == heads.Count ? null : Text($"the end is missing: there are {entries} entries, and {heads[^1].Sequence} were signed at {heads[^1].SignedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"));
    }

    private static string? Trouble(AuditEntry entry, long expected, string previous) =>
        entry.Sequence != expected ? Text($"entry {expected} is missing")
        : entry.PreviousHash != previous ? Text($"entry {expected} does not follow the one before it")
        : entry.ComputeHash() != entry.Hash ? Text($"entry {expected} was changed")
        : null;

    /// <summary>Heads say the tenant's own signature and follow each other.</summary>
    private async Task<string?> BrokenHead(List<AuditHead> heads, CancellationToken ct)
    {
        var keys = await db.Set<SigningKey>().AsNoTracking().ToDictionaryAsync(key => key.Id, key => Convert.ToHexStringLower(key.PublicKey), ct);
        var previous = AuditHead.First;
        foreach (var head in heads)
        {
            if (head.Previous != previous) return Text($"a signed head before entry {head.Sequence} is missing");
            if (!keys.TryGetValue(head.KeyId, out var key) || !BrandSignature.Holds(key, head.Text, head.Signature)) return Text($"the signature over entry {head.Sequence} does not hold");
            previous = head.Hash;
        }

        return null;
    }

    private static string Text(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
