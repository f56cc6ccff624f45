using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Ledger;

/// <summary>The firm's money for its overview: today by the calendar of the firm's time zone, the last 7 and 30 days with it, and what is owed now.</summary>
public sealed class LedgerOverview(TradeSenseDb db, CurrentTenant tenant, TimeProvider clock)
{
    /// <param name="Payable">Reserved for traders and not yet paid.</param>
    /// <param name="Unmatched">Received, but held because it fits no order; zero is the healthy figure.</param>
    public sealed record Figures(Period Today, Period Week, Period Month, Money Payable, Money Unmatched, DateTimeOffset AsOf);

    /// <param name="Sales">Gross.</param>
    /// <param name="Paid">Payouts that left the bank.</param>
    public sealed record Period(Money Sales, Money Fees, Money Paid)
    {
        public Money Net => Sales - Fees - Paid;
    }

    private sealed record Sum(string Kind, DateTimeOffset At, decimal Amount);

    public async Task<Figures> Read(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = StartOfToday(now);
        var month = await Movements(today.AddDays(-29), ct);
        return new Figures(
            PeriodOf(month, today), PeriodOf(month, today.AddDays(-6)), PeriodOf(month, today.AddDays(-29)),
            await Owed(LedgerAccountKind.PayoutPayable, ct), await Owed(LedgerAccountKind.UnmatchedReceipts, ct), now);
    }

    /// <summary>Where a period of so many days, today included, begins.</summary>
    public DateTimeOffset Since(int days) => StartOfToday(clock.GetUtcNow()).AddDays(1 - days);

    private DateTimeOffset StartOfToday(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.Value.TradingDay.TimeZone);
        var midnight = TimeZoneInfo.ConvertTime(now, zone).Date;
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>Sums per kind and quarter of an hour (every zone's midnight falls on one), so that a busy month is a few thousand rows at most.</summary>
    private async Task<List<Sum>> Movements(DateTimeOffset since, CancellationToken ct)
    {
        var currency = tenant.Value.Currency.Code;
        return await db.Database.SqlQuery<Sum>($"""
            select a.kind as "Kind", date_bin('15 minutes', t.at, '2000-01-01T00:00:00Z') as "At", sum(p.amount) as "Amount"
            from ledger_transfers t
            join ledger_postings p on p.tenant_id = t.tenant_id and p.transfer_id = t.id
            join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
            where t.tenant_id = {tenant.Id} and t.at >= {since} and p.currency = {currency} and a.kind in ('Sales', 'GatewayFees', 'Bank')
            group by 1, 2
            """).ToListAsync(ct);
    }

    private Period PeriodOf(List<Sum> month, DateTimeOffset since)
    {
        Money Total(LedgerAccountKind kind, int sign) => new(sign * month.Where(sum => sum.Kind == kind.ToString() && sum.At >= since).Sum(sum => sum.Amount), tenant.Value.Currency);
        return new Period(Total(LedgerAccountKind.Sales, -1), Total(LedgerAccountKind.GatewayFees, 1), Total(LedgerAccountKind.Bank, -1));
    }

    private async Task<Money> Owed(LedgerAccountKind kind, CancellationToken ct)
    {
        var currency = tenant.Value.Currency;
        var sum = await (
            from account in db.Set<LedgerAccount>().AsNoTracking()
            join posting in db.Set<LedgerPosting>() on account.Id equals posting.AccountId
            where account.Kind == kind && account.Currency == currency
            select posting.Amount).SumAsync(ct);
        return new Money(-sum, currency);
    }
}
