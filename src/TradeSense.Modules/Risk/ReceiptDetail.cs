using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Events;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Risk;

/// <summary>The receipt of a verdict with its evidence read, for the trader it concerns (or the firm's staff).</summary>
public sealed class ReceiptDetail(TradeSenseDb db)
{
    public sealed record Picture(BreachReceipt Receipt, BreachEvidence Evidence);

    /// <param name="userId">The trader who asks; null for staff.</param>
    public async Task<Picture?> Read(Guid accountId, Guid receiptId, Guid? userId, CancellationToken ct)
    {
        var receipt = await db.Set<BreachReceipt>().AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == receiptId && row.AccountId == accountId && (userId == null || row.UserId == userId), ct);
        return receipt is null ? null : new Picture(receipt, receipt.ReadEvidence());
    }
}
