using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Rules;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Notifications;

namespace TradeSense.Modules.Risk.Receipts;

/// <summary>
/// Seals what the brand's complete receipts state, as soon as they are complete, and tells each trader the digest and the key: from then on nobody can state another verdict
/// without that showing beside what the trader was sent.
/// </summary>
public sealed class SealReceipts(TradeSenseDb db, EvidenceExport export, NotifyUser notify, TimeProvider clock)
{
    private const int Most = 500;

    /// <summary>Who is told of a seal later than this has long had the verdict; the receipt's page has the seal.</summary>
    private static readonly TimeSpan News = TimeSpan.FromDays(1);

    /// <returns>How many were sealed.</returns>
    public async Task<int> Run(CancellationToken ct)
    {
        var receipts = await db.Set<BreachReceipt>().AsNoTracking().Where(row => row.CompletedAt != null && !db.Set<ReceiptSeal>().Any(seal => seal.Id == row.Id)).OrderBy(row => row.At).Take(Most)
            .Select(row => new { row.Id, row.AccountId, row.UserId, row.Effect, row.CompletedAt }).ToListAsync(ct);
        foreach (var receipt in receipts)
        {
            if (await export.Run(receipt.Id, null, ct) is not { Seal: { } seal } bundle || clock.GetUtcNow() - receipt.CompletedAt > News) continue;

            var email = receipt.Effect is BreachEffect.Fail ? await db.Set<User>().Where(row => row.Id == receipt.UserId).Select(row => row.Email).SingleAsync(ct) : null;
            await notify.Run(new(receipt.UserId, email, "receipt.sealed", string.Create(CultureInfo.InvariantCulture, $"Sealed: the receipt of account {bundle.Number}"), Words(bundle, seal),
                $"/trader/accounts/{receipt.AccountId}/receipts/{receipt.Id}"), ct);
        }

        await db.SaveChangesAsync(ct);
        return receipts.Count;
    }

    private static string Words(EvidenceBundle bundle, EvidenceBundle.DigestSeal seal) =>
        $"The evidence of the verdict on your account is complete and signed. Digest: {bundle.Digest}. Signed by the key with the fingerprint {seal.Fingerprint}. "
        + "Keep this message: evidence with another digest, or signed by another key than those the firm publishes, is not what was stated to you.";
}
