using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Heads;

/// <summary>The heads a brand has signed and the keys they were signed with: published, so that others can keep copies.</summary>
public sealed class HeadList(TradeSenseDb db)
{
    public const int PageSize = 30;

    public sealed record Page(IReadOnlyList<JournalHead> Heads, IReadOnlyList<SigningKey> Keys, int Number, int Pages)
    {
        /// <summary>Until when a key signed: the next one's first day. Null for the one in use.</summary>
        public DateTimeOffset? EndOf(SigningKey key) => Keys.Where(other => other.CreatedAt > key.CreatedAt).Select(other => (DateTimeOffset?)other.CreatedAt).Min();
    }

    public async Task<Page> Run(int page, CancellationToken ct)
    {
        var count = await db.Set<JournalHead>().CountAsync(ct);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        var number = Math.Clamp(page, 1, pages);
        return new Page(
            await db.Set<JournalHead>().AsNoTracking().OrderByDescending(row => row.Day).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(ct),
            await db.Set<SigningKey>().AsNoTracking().OrderByDescending(row => row.CreatedAt).ToListAsync(ct), number, pages);
    }

    public Task<JournalHead?> Of(DateOnly day, CancellationToken ct) => db.Set<JournalHead>().AsNoTracking().SingleOrDefaultAsync(row => row.Day == day, ct);

    /// <summary>All heads as a file, oldest first, each with its key: what to keep a copy of.</summary>
    public async Task<IReadOnlyList<PublishedHead>> Chain(CancellationToken ct)
    {
        var keys = await db.Set<SigningKey>().AsNoTracking().ToDictionaryAsync(row => row.Id, row => Convert.ToHexStringLower(row.PublicKey), ct);
        var heads = await db.Set<JournalHead>().AsNoTracking().OrderBy(row => row.Day).ToListAsync(ct);
        return [.. heads.Select(head => new PublishedHead(head.Text, head.Signature, keys[head.KeyId]))];
    }

    /// <summary>Of every key the brand ever signed with.</summary>
    public async Task<IReadOnlyCollection<string>> Fingerprints(CancellationToken ct) => await db.Set<SigningKey>().AsNoTracking().OrderBy(row => row.CreatedAt).Select(row => row.Fingerprint).ToListAsync(ct);

    public Task<SigningKey?> Key(string fingerprint, CancellationToken ct) => db.Set<SigningKey>().AsNoTracking().SingleOrDefaultAsync(row => row.Fingerprint == fingerprint, ct);
}
