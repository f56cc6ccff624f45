using TradeSense.Engine.Inputs;
using TradeSense.Engine.Values;
using TradeSense.Modules.Audit;
using TradeSense.Modules.Database;
using TradeSense.Modules.Trading.Desk;

namespace TradeSense.Modules.Payouts;

/// <summary>The firm turns a payout down and says why. The reserve is given up and the profit goes back to the account.</summary>
public sealed class RejectPayout(TradeSenseDb db, ReleaseReserve release, Outbox outbox, TellTrader tell, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Enough to be a reason, little enough to be read.</summary>
    public const int ShortestReason = 10, LongestReason = 500;

    public async Task<Result> Run(Guid payoutId, string? reason, Guid by, CancellationToken ct)
    {
        var words = (reason ?? "").Trim();
        if (words.Length is < ShortestReason or > LongestReason) return PayoutRefusal.ReasonMissing.With(ShortestReason, LongestReason);
        if (await db.LockedPayout(payoutId, ct) is not { } payout) return PayoutRefusal.Unknown;

        var rejected = payout.Reject(by, words, clock.GetUtcNow());
        if (rejected.IsRefused) return rejected;

        await release.Run(payout, "rejected", ct);
        outbox.Add(ReturnProfit.MessageKind, payout.Id.ToString(), payout.Id);
        await tell.Run(payout, "payout.rejected", "Your payout was rejected", $"The reason: {words} The profit is back in your account.", ct);
        await audit.Record("payout.rejected", payout.Subject, new { payout.Number, Reason = words }, ct);
        return Result.Ok;
    }
}

/// <summary>Puts the profit of a rejected payout back into its account. An account that has ended meanwhile has no use for it.</summary>
internal sealed class ReturnProfit(TradeSenseDb db, TradingDesk desk, AuditTrail audit, TimeProvider clock) : IOutboxHandler
{
    public const string MessageKind = "payouts.return";

    public string Kind => MessageKind;

    public async Task Handle(OutboxMessage message, CancellationToken ct)
    {
        if (await db.LockedPayout(message.Read<Guid>(), ct) is not { Status: PayoutStatus.Rejected } payout) return;

        var outcome = await desk.Send(new ReturnPayout(clock.GetUtcNow(), new AccountId(payout.AccountId), $"{payout.Subject}:return", payout.Gross), ct);
        if (outcome is not CommandOutcome.Refused { Reason: var reason }) return;
        if (reason is not RejectReason.AccountNotActive) throw new InvalidOperationException($"Payout {payout.Number} could not go back to its account: {reason.Code()}.");
        await audit.Record("payout.not_returned", payout.Subject, new { payout.Number, Reason = reason.Code() }, ct);
    }
}
