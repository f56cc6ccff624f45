using System.Text;
using TradeSense.Modules.Database;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Payouts.Gateways;

namespace TradeSense.Modules.Payouts;

/// <summary>Sends an approved payout and books it as paid, once.</summary>
internal sealed class SettlePayout(TradeSenseDb db, IPayoutGateway gateway, PostTransfer post, Vault vault, TellTrader tell) : IOutboxHandler
{
    public const string MessageKind = "payouts.settle";

    public string Kind => MessageKind;

    public async Task Handle(OutboxMessage message, CancellationToken ct)
    {
        if (await db.LockedPayout(message.Read<Guid>(), ct) is not { Status: PayoutStatus.Approved } payout) return;

        var number = Encoding.UTF8.GetString(await vault.Open(Payout.VaultSubjectOf(payout.UserId), Payout.VaultContextOf(payout.Id), payout.Destination, ct));
        var receipt = await gateway.Send(new(payout.Id, payout.Number, payout.Share, payout.Holder, number), ct);
        payout.Pay(receipt.Reference, receipt.At);

        var posted = await post.Run(new(
            $"payout-paid:{payout.Id}", LedgerTransferKind.PayoutPaid, payout.Subject, $"Payout {payout.Number} paid, {receipt.Reference}",
            [new(LedgerAccountName.PayoutPayable(payout.UserId), payout.Share), new(LedgerAccountName.Bank, -payout.Share)]), ct);
        if (posted.IsRefused) throw new InvalidOperationException($"Payout {payout.Number} is in the books with other amounts.");

        await tell.Run(payout, "payout.paid", "Your payout is paid", $"Reference {receipt.Reference}, to the account ending in {payout.DestinationEnd}. The receipt is on your payouts page.", ct);
    }
}
