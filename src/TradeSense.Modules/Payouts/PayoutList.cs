using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Identity;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Payouts;

/// <summary>A trader's payouts, and one of them with its steps and receipt.</summary>
public sealed class PayoutList(TradeSenseDb db)
{
    public sealed record Row(
        Guid Id, long Number, long AccountNumber, PayoutStatus Status, Money Gross, Percent Split, Money Share, string Holder, string DestinationEnd,
        DateTimeOffset RequestedAt, DateTimeOffset DueAt, DateTimeOffset? DecidedAt, string? Reason, DateTimeOffset? PaidAt, string? Reference)
    {
        public bool IsOpen => Status is PayoutStatus.Requested or PayoutStatus.AwaitingDecision or PayoutStatus.Approved;
    }

    public sealed record Receipt(Row Payout, string TraderName, string TraderEmail, string TraderCountry);

    public async Task<IReadOnlyList<Row>> Of(Guid userId, CancellationToken ct) => await Rows(db.Set<Payout>().Where(row => row.UserId == userId)).ToListAsync(ct);

    /// <summary>Null for another person's payout as for one that does not exist.</summary>
    public Task<Row?> Find(Guid id, Guid userId, CancellationToken ct) => Rows(db.Set<Payout>().Where(row => row.Id == id && row.UserId == userId)).SingleOrDefaultAsync(ct);

    /// <summary>Of a paid payout only.</summary>
    public async Task<Receipt?> ReceiptOf(Guid id, Guid userId, CancellationToken ct)
    {
        if (await Find(id, userId, ct) is not { Status: PayoutStatus.Paid } payout) return null;

        var trader = await db.Set<User>().AsNoTracking().SingleAsync(user => user.Id == userId, ct);
        return new Receipt(payout, trader.UserName, trader.Email, trader.Country);
    }

    private IQueryable<Row> Rows(IQueryable<Payout> payouts) =>
        from payout in payouts.AsNoTracking()
        join account in db.Set<TradingAccount>() on payout.AccountId equals account.Id
        orderby payout.RequestedAt descending
        select new Row(
            payout.Id, payout.Number, account.Number, payout.Status, new Money(payout.Profit, payout.Currency), payout.Split, new Money(payout.Amount, payout.Currency),
            payout.Holder, payout.DestinationEnd, payout.RequestedAt, payout.DueAt, payout.DecidedAt, payout.Reason, payout.PaidAt, payout.Reference);
}
