using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Jobs;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Heads;

/// <summary>Signs, once for each trading day of the brand, where the journals stand that moved since the last time.</summary>
public sealed class SignDailyHead(TradeSenseDb db, BrandSignature signature, CurrentTenant tenant, TimeProvider clock)
{
    /// <returns>The day's head; null when it was signed before.</returns>
    public async Task<JournalHead?> Run(CancellationToken ct)
    {
        // Whoever comes second waits here, and then sees the day done.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"journal-head:" + tenant.Id}, 0))", ct);
        var now = clock.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var day = TradingDayClock.LabelOf(tenant.Value.TradingDay, now);
        var last = await db.Set<JournalHead>().AsNoTracking().OrderByDescending(row => row.Day).FirstOrDefaultAsync(ct);
        if (last is not null && last.Day >= day) return null;

        var leaves = await Moved(day, ct);
        // The whole text of the head before: its root alone would leave its day, its accounts and its own predecessor open.
        var (previous, root) = (last is null ? HeadChain.Root : HeadChain.HashOf(last.Text), MerkleTree.RootOf([.. leaves.Select(leaf => leaf.Leaf)]));
        var signed = await signature.Sign(JournalHead.TextOf(tenant.Id, day, previous, root, leaves.Count, now), ct);
        var head = new JournalHead
        {
            TenantId = tenant.Id, Day = day, Previous = previous, Root = root, Leaves = leaves.Count, SignedAt = now, KeyId = signed.Key.Id, Fingerprint = signed.Key.Fingerprint, Signature = signed.Hex,
        };
        db.Add(head);
        await db.SaveChangesAsync(ct);
        db.AddRange(leaves);
        await db.SaveChangesAsync(ct);
        return head;
    }

    private async Task<IReadOnlyList<JournalHeadLeaf>> Moved(DateOnly day, CancellationToken ct)
    {
        var accounts = await db.Set<TradingAccount>().AsNoTracking()
            .Where(account => account.JournalLength > 0 && !db.Set<JournalHeadLeaf>().Any(leaf => leaf.AccountId == account.Id && leaf.Sequence == account.JournalLength))
            .OrderBy(account => account.Id).Select(account => new { account.Id, account.JournalLength, account.JournalHead }).ToListAsync(ct);
        return [.. accounts.Select((account, position) => new JournalHeadLeaf
        {
            TenantId = tenant.Id, AccountId = account.Id, Sequence = account.JournalLength, Day = day, Position = position, Hash = Convert.ToHexStringLower(account.JournalHead),
        })];
    }
}

/// <summary>At every day start.</summary>
internal sealed class SignDailyHeadJob(SignDailyHead sign) : ITenantJob
{
    public Task Run(CancellationToken ct) => sign.Run(ct);
}
