using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Payouts;

/// <summary>
/// Takes the profit of a requested payout from its trading account, known to the engine by the payout's id, so that asking twice takes once.
/// The engine has the last word: where its floors moved since the quote, it refuses, and the reserve is given up.
/// </summary>
internal sealed class WithdrawProfit(TradeSenseDb db, TradingDesk desk, ReleaseReserve release, TellTrader tell, NotifyStaff notifyStaff, TimeProvider clock) : IOutboxHandler
{
    public const string MessageKind = "payouts.withdraw";

    public string Kind => MessageKind;

    public async Task Handle(OutboxMessage message, CancellationToken ct)
    {
        var payout = await db.LockedPayout(message.Read<Guid>(), ct);
        if (payout is not { Status: PayoutStatus.Requested }) return;

        var outcome = await desk.Send(new WithdrawPayout(clock.GetUtcNow(), new AccountId(payout.AccountId), payout.Subject, payout.Gross), ct);
        if (outcome is CommandOutcome.Refused { Reason: var reason })
        {
            if (reason is RejectReason.Busy) throw new InvalidOperationException("The engine is busy; the payout is tried again.");
            await Refuse(payout, reason, ct);
            return;
        }

        payout.Await();
        await tell.Run(payout, "payout.requested", "Your payout request is in", $"We decide within 24 hours, by {payout.DueAt.UtcDateTime.ToString("d MMM, HH:mm", CultureInfo.InvariantCulture)} UTC.", ct);
        await notifyStaff.Run(new(Permission.DecidePayouts, "payout.requested", $"Payout {payout.Number} waits for a decision", $"{payout.Share} to {payout.Holder}, due within 24 hours.", $"/firm/payouts?id={payout.Id}"), ct);
    }

    private async Task Refuse(Payout payout, RejectReason reason, CancellationToken ct)
    {
        payout.Refuse(reason.Code());
        await release.Run(payout, "The account could not give the profit", ct);
        var words = reason is RejectReason.WouldBreach ? "It would have crossed a floor of your account, so nothing was taken. Ask for less, or again tomorrow." : "The account was no longer able to pay out, so nothing was taken.";
        await tell.Run(payout, "payout.refused", "Your payout could not be made", words, ct);
    }
}

internal static class LockedPayouts
{
    /// <summary>The row, locked until the transaction ends: decisions and handlers of one payout take turns.</summary>
    public static Task<Payout?> LockedPayout(this TradeSenseDb db, Guid id, CancellationToken ct) =>
        db.Set<Payout>().FromSql($"select * from payouts where id = {id} for update").SingleOrDefaultAsync(ct);
}
