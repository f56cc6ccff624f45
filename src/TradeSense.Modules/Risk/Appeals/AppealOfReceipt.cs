using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk.Appeals;

/// <summary>Where an appeal against one verdict stands, for the trader.</summary>
public sealed class AppealOfReceipt(TradeSenseDb db, ChangeAppealPromise promise, TimeProvider clock)
{
    /// <param name="Appeal">Null when none was filed.</param>
    /// <param name="MayFile">The verdict ended the account and still holds.</param>
    /// <param name="PromisedHours">What the firm promises to a new appeal.</param>
    public sealed record Picture(BreachReceipt Receipt, Appeal? Appeal, bool MayFile, int PromisedHours, bool IsOverdue);

    public async Task<Picture?> Read(Guid accountId, Guid receiptId, Guid userId, CancellationToken ct)
    {
        if (await db.Set<BreachReceipt>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == receiptId && row.AccountId == accountId && row.UserId == userId, ct) is not { } receipt) return null;

        var appeal = await db.Set<Appeal>().AsNoTracking().SingleOrDefaultAsync(row => row.ReceiptId == receiptId, ct);
        var mayFile = appeal is null && await db.IsLastWord(receipt, ct);
        return new Picture(receipt, appeal, mayFile, await promise.Hours(ct), appeal?.IsOverdue(clock.GetUtcNow()) == true);
    }
}
