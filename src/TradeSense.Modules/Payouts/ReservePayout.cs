using TradeSense.Modules.Database;
using TradeSense.Modules.Ledger;

namespace TradeSense.Modules.Payouts;

/// <summary>The payout comes into being: its row, its reserve in the ledger, and the promise to take the profit from the account.</summary>
public sealed class ReservePayout(TradeSenseDb db, DocumentNumbers numbers, PostTransfer post, Outbox outbox)
{
    internal async Task<Payout> Run(Guid id, PayoutFacts facts, PayoutSums sums, BankDestination destination, byte[] sealedNumber, Guid key, CancellationToken ct)
    {
        var payout = new Payout
        {
            Id = id, Number = await numbers.Next(DocumentNumbers.Payouts, ct), IdempotencyKey = key, UserId = facts.Account.UserId, AccountId = facts.Account.Id,
            ChallengeId = facts.Challenge.Id, Currency = facts.Account.Currency, Profit = sums.Gross.Amount, Split = sums.Split, Amount = sums.Share.Amount,
            Holder = destination.Holder, Destination = sealedNumber, DestinationEnd = destination.End, RequestedAt = facts.At, DueAt = facts.At + Payout.Promise,
        };
        db.Add(payout);
        outbox.Add(WithdrawProfit.MessageKind, payout.Id.ToString(), payout.Id);
        await db.SaveChangesAsync(ct);

        await post.Run(new(
            payout.ReserveKey, LedgerTransferKind.PayoutReserve, payout.Subject, $"Payout {payout.Number} reserved",
            [new(LedgerAccountName.ProfitShare, payout.Share), new(LedgerAccountName.PayoutPayable(payout.UserId), -payout.Share)]), ct);
        return payout;
    }
}
