using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Payouts;

/// <summary>The firm agrees; the money is sent right after this transaction.</summary>
public sealed class ApprovePayout(TradeSenseDb db, Outbox outbox, TellTrader tell, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result> Run(Guid payoutId, Guid by, CancellationToken ct)
    {
        if (await db.LockedPayout(payoutId, ct) is not { } payout) return PayoutRefusal.Unknown;

        var approved = payout.Approve(by, clock.GetUtcNow());
        if (approved.IsRefused) return approved;

        outbox.Add(SettlePayout.MessageKind, payout.Id.ToString(), payout.Id);
        await tell.Run(payout, "payout.approved", "Your payout is approved", "The money is on its way to your bank.", ct);
        await audit.Record("payout.approved", payout.Subject, new { payout.Number, Share = payout.Share.ToString() }, ct);
        return Result.Ok;
    }
}
