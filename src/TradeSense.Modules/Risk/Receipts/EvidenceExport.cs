using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Risk.Heads;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>Makes the bundle of a receipt that is complete, and seals it the first time.</summary>
public sealed class EvidenceExport(TradeSenseDb db, BrandSignature signature, TimeProvider clock)
{
    /// <param name="userId">The trader who asks; null for staff and for the public check. Null is also the answer while the minute after the verdict is not over.</param>
    public async Task<EvidenceBundle?> Run(Guid receiptId, Guid? userId, CancellationToken ct)
    {
        var receipt = await db.Set<BreachReceipt>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == receiptId && (userId == null || row.UserId == userId), ct);
        if (receipt?.Quotes is null) return null;

        var account = await db.Set<TradingAccount>().AsNoTracking().SingleAsync(row => row.Id == receipt.AccountId, ct);
        var head = await HeadOf(receipt, ct);
        var last = head?.Sequence ?? receipt.JournalSequence;
        var journal = await db.Set<JournalEntry>().AsNoTracking().Where(row => row.AccountId == account.Id && row.Sequence <= last).OrderBy(row => row.Sequence)
            .Select(row => new { row.Sequence, row.Kind, row.Body, row.Hash }).ToListAsync(ct);
        var quotes = EvidenceBundle.Chain(QuoteWindow.Unpack(receipt.Quotes).Select(QuoteWindow.Line));
        var bundle = new EvidenceBundle(
            EvidenceBundle.CurrentFormat, receipt.Id, account.Id, account.Number, account.Terms, receipt.TermsHash, await ModelHashOf(receipt, ct), receipt.BuildVersion, receipt.JournalSequence,
            [.. journal.Select(row => new EvidenceBundle.Entry(row.Sequence, row.Kind, row.Body, Convert.ToHexStringLower(row.Hash), TextMarks.Of(row.Body)))], quotes, EvidenceBundle.HashOf(quotes), "", null, head);
        bundle = bundle with { Digest = bundle.ComputeDigest() };
        return bundle with { Seal = await SealOf(receipt, bundle.Digest, ct) };
    }

    private Task<string?> ModelHashOf(BreachReceipt receipt, CancellationToken ct) => db.Database.SqlQuery<string>($"""
        select v.hash as "Value" from challenges c join model_versions v on v.tenant_id = c.tenant_id and v.id = c.model_version_id where c.id = {receipt.ChallengeId}
        """).SingleOrDefaultAsync(ct);

    private async Task<EvidenceBundle.DigestSeal> SealOf(BreachReceipt receipt, string digest, CancellationToken ct)
    {
        var seal = await db.Set<ReceiptSeal>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == receipt.Id, ct);
        if (seal is null)
        {
            var signed = await signature.Sign(EvidenceBundle.DigestSeal.TextOf(digest), ct);
            // Of two who ask first at the same moment, one seals.
            await db.Database.ExecuteSqlAsync($"""
                insert into receipt_seals (tenant_id, id, digest, key_id, fingerprint, signature, sealed_at)
                values ({receipt.TenantId}, {receipt.Id}, {digest}, {signed.Key.Id}, {signed.Key.Fingerprint}, {signed.Hex}, {clock.GetUtcNow()}) on conflict do nothing
                """, ct);
            seal = await db.Set<ReceiptSeal>().AsNoTracking().SingleAsync(row => row.Id == receipt.Id, ct);
        }

        return new EvidenceBundle.DigestSeal(await KeyOf(seal.KeyId, ct), seal.Fingerprint, seal.Signature);
    }

    private async Task<EvidenceBundle.SignedHead?> HeadOf(BreachReceipt receipt, CancellationToken ct)
    {
        var leaf = await db.Set<JournalHeadLeaf>().AsNoTracking().Where(row => row.AccountId == receipt.AccountId && row.Sequence >= receipt.JournalSequence).OrderBy(row => row.Sequence).FirstOrDefaultAsync(ct);
        if (leaf is null) return null;

        var head = await db.Set<JournalHead>().AsNoTracking().SingleAsync(row => row.Day == leaf.Day, ct);
        var leaves = await db.Set<JournalHeadLeaf>().AsNoTracking().Where(row => row.Day == leaf.Day).OrderBy(row => row.Position).ToListAsync(ct);
        return new EvidenceBundle.SignedHead(
            head.TenantId, head.Day, head.Previous, head.Root, head.Leaves, head.SignedAt, await KeyOf(head.KeyId, ct), head.Fingerprint, head.Signature, leaf.Sequence,
            MerkleTree.PathOf([.. leaves.Select(row => row.Leaf)], leaf.Position));
    }

    private async Task<string> KeyOf(Guid id, CancellationToken ct) => Convert.ToHexStringLower((await db.Set<SigningKey>().AsNoTracking().SingleAsync(row => row.Id == id, ct)).PublicKey);
}
