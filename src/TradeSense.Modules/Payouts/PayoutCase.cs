using System.Text;
using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Kyc;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Trading.Accounts;
using TradeSense.Modules.Trading.History;

namespace TradeSense.Modules.Payouts;

/// <summary>One payout with the evidence a decision needs: the account, its trades and verdicts, the identity check, the ledger, where the money would go.</summary>
public sealed class PayoutCase(TradeSenseDb db, AccountPicture accounts, TradeList trades, KycStanding kyc, LedgerStatement ledger, Vault vault)
{
    private const int TradesShown = 50;

    /// <summary>The first of two approvals.</summary>
    public sealed record Approval(Guid By, string Name, DateTimeOffset At);

    public sealed record View(
        PayoutList.Row Payout, Guid TraderId, string Trader, string TraderEmail, string TraderCountry, string AccountNumber, AccountPicture.Picture Account, TradeList.Page Trades,
        KycStanding.Picture Kyc, IReadOnlyList<LedgerStatement.Line> Ledger, int PaidBefore, string? DecidedBy, Approval? First, bool IsNewDestination)
    {
        /// <summary>What the trades since the account's start explain of its profit; the rest is swap still open or earlier payouts.</summary>
        public Money TradesNet => new(Trades.Net, Payout.Share.Currency);

        public IReadOnlyList<AccountPicture.BreachNote> Verdicts => Account.Breaches;
    }

    public async Task<View?> Read(Guid id, CancellationToken ct)
    {
        var payout = await db.Set<Payout>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
        if (payout is null) return null;

        var trader = await db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == payout.UserId, ct);
        var account = await accounts.Run(payout.AccountId, null, ct);
        var number = await vault.Open(Payout.VaultSubjectOf(payout.UserId), Payout.VaultContextOf(payout.Id), payout.Destination, ct);
        return new View(
            RowOf(payout, account.Value.Account.Number), trader.Id, trader.UserName, trader.Email, trader.Country, Encoding.UTF8.GetString(number), account.Value,
            await trades.Run(new TradeList.Filter(payout.AccountId), 1, TradesShown, ct), await kyc.Of(payout.UserId, ct), await ledger.Of(payout.Subject, ct),
            await db.Set<Payout>().CountAsync(row => row.UserId == payout.UserId && row.Status == PayoutStatus.Paid && row.Id != id, ct), await NameOf(payout.DecidedBy, ct),
            payout.FirstApprovedBy is { } first ? new Approval(first, (await NameOf(first, ct))!, payout.FirstApprovedAt!.Value) : null, await IsNewDestination(payout, ct));
    }

    private static PayoutList.Row RowOf(Payout payout, long accountNumber) => new(
        payout.Id, payout.Number, accountNumber, payout.Status, payout.Gross, payout.Split, payout.Share, payout.Holder, payout.DestinationEnd,
        payout.RequestedAt, payout.DueAt, payout.DecidedAt, payout.Reason, payout.PaidAt, payout.Reference);

    /// <summary>Money went to this trader before, but never to an account that ends like this one. Sealed numbers are not opened for it.</summary>
    private async Task<bool> IsNewDestination(Payout payout, CancellationToken ct)
    {
        var ends = await db.Set<Payout>().Where(row => row.UserId == payout.UserId && row.Status == PayoutStatus.Paid && row.Id != payout.Id).Select(row => row.DestinationEnd).Distinct().ToListAsync(ct);
        return ends.Count > 0 && !ends.Contains(payout.DestinationEnd);
    }

    private async Task<string?> NameOf(Guid? user, CancellationToken ct) =>
        user is null ? null : await db.Set<User>().Where(row => row.Id == user).Select(row => row.UserName).SingleOrDefaultAsync(ct);
}
