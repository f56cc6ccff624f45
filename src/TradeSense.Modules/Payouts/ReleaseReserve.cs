using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Database;
using TradeSense.Modules.Ledger;

namespace TradeSense.Modules.Payouts;

/// <summary>Gives up a payout's reserve in the ledger by reversing it.</summary>
public sealed class ReleaseReserve(TradeSenseDb db, ReverseTransfer reverse)
{
    internal async Task Run(Payout payout, string why, CancellationToken ct)
    {
        var reserved = await db.Set<LedgerTransfer>().AsNoTracking().SingleAsync(transfer => transfer.IdempotencyKey == payout.ReserveKey, ct);
        var reversed = await reverse.Run(new(reserved.Id, $"payout-release:{payout.Id}", $"Payout {payout.Number}: {why}"), ct);
        if (reversed.IsRefused) throw new InvalidOperationException($"The reserve of payout {payout.Number} was reversed by something else.");
    }
}
