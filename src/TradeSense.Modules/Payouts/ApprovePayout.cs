using Microsoft.EntityFrameworkCore;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;

namespace TradeSense.Modules.Payouts;

/// <summary>The firm agrees; the money is sent right after this transaction. Above the firm's limit the first approval waits for a second person's.</summary>
public sealed class ApprovePayout(TradeSenseDb db, Outbox outbox, TellTrader tell, NotifyStaff notifyStaff, AuditTrail audit, TimeProvider clock)
{
    public async Task<Result> Run(Guid payoutId, Guid by, CancellationToken ct)
    {
        if (await db.LockedPayout(payoutId, ct) is not { } payout) return PayoutRefusal.Unknown;

        var limit = await db.Set<PayoutLimit>().AsNoTracking().SingleOrDefaultAsync(ct);
        var approved = payout.Approve(by, limit?.IsPassedBy(payout.Share) is true, clock.GetUtcNow());
        if (approved.IsRefused) return approved;

        await (payout.Status is PayoutStatus.Approved ? Send(payout, ct) : AskSecond(payout, ct));
        return Result.Ok;
    }

    private async Task Send(Payout payout, CancellationToken ct)
    {
        outbox.Add(SettlePayout.MessageKind, payout.Id.ToString(), payout.Id);
        await tell.Run(payout, "payout.approved", "Your payout is approved", "The money is on its way to your bank.", ct);
        await audit.Record("payout.approved", payout.Subject, new { payout.Number, Share = payout.Share.ToString(), payout.FirstApprovedBy }, ct);
    }

    private async Task AskSecond(Payout payout, CancellationToken ct)
    {
        await audit.Record("payout.first_approved", payout.Subject, new { payout.Number, Share = payout.Share.ToString() }, ct);
        await notifyStaff.Run(new(
            Permission.DecidePayouts, "payout.first_approved", $"Payout {payout.Number} waits for a second approval",
            $"{payout.Share} to {payout.Holder} is above the firm’s limit. Somebody other than who approved it first decides.", $"/firm/payouts?id={payout.Id}"), ct);
    }
}
