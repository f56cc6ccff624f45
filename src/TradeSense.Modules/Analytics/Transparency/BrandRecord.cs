using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Rules;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Risk;
using TradeSense.Modules.Risk.Appeals;
using TradeSense.Modules.Tenancy;
using TradeSense.Modules.Trading.Accounts;

namespace TradeSense.Modules.Analytics.Transparency;

/// <summary>What a brand shows the public about itself, counted from the ledger and the verdicts; each figure is the size of a list that can be opened, without anybody's name.</summary>
public sealed class BrandRecord(TradeSenseDb db, CurrentTenant tenant, LedgerOverview ledger, TimeProvider clock)
{
    public const int PageSize = 25;

    /// <summary>Below so many a middle value says nothing; below so many a 95th percentile is only the longest.</summary>
    public const int EnoughForMedian = 5, EnoughForPercentile = 20;

    /// <param name="Opened">Accounts opened in the period, so that verdicts have something to be compared with.</param>
    /// <param name="Ended">Verdicts that ended an account.</param>
    /// <param name="Overdue">Appeals past their promise and without an answer, whenever they were filed.</param>
    public sealed record Figures(
        int Opened, int Ended, int Pauses, int Filed, int Answered, int InTime, int Overturned, int Overdue, int Payouts, Money Paid, TimeSpan? Median, TimeSpan? Percentile95, DateTimeOffset AsOf)
    {
        public bool IsEmpty => Opened == 0 && Ended == 0 && Pauses == 0 && Payouts == 0 && Filed == 0 && Overdue == 0;
    }

    public sealed record Verdict(DateTimeOffset At, LossRule Rule, BreachEffect Effect, string Phase, Money Size, AppealStatus? Appeal);

    public sealed record AppealLine(DateTimeOffset FiledAt, int PromisedHours, DateTimeOffset? AnsweredAt, AppealStatus Status, bool IsInTime);

    public sealed record PayoutLine(DateTimeOffset RequestedAt, DateTimeOffset PaidAt, Money Amount)
    {
        public TimeSpan Took => PaidAt - RequestedAt;
    }

    public sealed record Page<T>(IReadOnlyList<T> Rows, int Total, int Number)
    {
        public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
    }

    private sealed record PaidRow(DateTimeOffset RequestedAt, DateTimeOffset PaidAt, decimal Amount);

    /// <param name="days">Up to now, by the brand's calendar; 0 for all time.</param>
    public async Task<Figures> Read(int days, CancellationToken ct)
    {
        var (now, since) = (clock.GetUtcNow(), Since(days));
        var verdicts = await db.Set<BreachReceipt>().Where(row => row.At >= since).GroupBy(row => row.Effect).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(ct);
        var appeals = await db.Set<Appeal>().AsNoTracking().Where(row => row.FiledAt >= since).ToListAsync(ct);
        var paid = await Paid(since).ToListAsync(ct);
        List<TimeSpan> took = [.. paid.Select(row => row.PaidAt - row.RequestedAt).Order()];
        return new Figures(
            await db.Set<TradingAccount>().CountAsync(row => row.OpenedAt >= since, ct),
            verdicts.Where(group => group.Key is BreachEffect.Fail).Sum(group => group.Count), verdicts.Where(group => group.Key is BreachEffect.Pause).Sum(group => group.Count),
            appeals.Count, appeals.Count(row => row.IsDecided), appeals.Count(row => row.IsDecided && row.DecidedAt <= row.DueAt), appeals.Count(row => row.Status is AppealStatus.Overturned),
            await db.Set<Appeal>().CountAsync(row => (row.Status == AppealStatus.Open || row.Status == AppealStatus.OverturnProposed) && row.DueAt <= now, ct),
            paid.Count, Money.Rounded(paid.Sum(row => row.Amount), tenant.Value.Currency, MidpointRounding.ToZero), Rank(took, 50, EnoughForMedian), Rank(took, 95, EnoughForPercentile), now);
    }

    public async Task<Page<Verdict>> Verdicts(int days, int page, CancellationToken ct)
    {
        var since = Since(days);
        var rows = from receipt in db.Set<BreachReceipt>().AsNoTracking()
                   where receipt.At >= since
                   join account in db.Set<TradingAccount>() on receipt.AccountId equals account.Id
                   orderby receipt.At descending, receipt.Id
                   select new { receipt.Id, receipt.At, receipt.Rule, receipt.Effect, account.PhaseName, account.Terms, account.ScaledSize, account.Currency };
        var (number, total) = (Math.Max(1, page), await rows.CountAsync(ct));
        var shown = await rows.Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        var ids = shown.Select(row => row.Id).ToList();
        var appeals = await db.Set<Appeal>().AsNoTracking().Where(row => ids.Contains(row.ReceiptId)).ToDictionaryAsync(row => row.ReceiptId, row => row.Status, ct);
        return new Page<Verdict>(
            [.. shown.Select(row => new Verdict(row.At, row.Rule, row.Effect, row.PhaseName, Money.Rounded(row.ScaledSize ?? row.Terms.InitialBalance, row.Currency, MidpointRounding.ToZero), appeals.TryGetValue(row.Id, out var appeal) ? appeal : null))],
            total, number);
    }

    public async Task<Page<AppealLine>> Appeals(int days, int page, CancellationToken ct)
    {
        var (since, now, number) = (Since(days), clock.GetUtcNow(), Math.Max(1, page));
        var rows = db.Set<Appeal>().AsNoTracking().Where(row => row.FiledAt >= since).OrderByDescending(row => row.FiledAt);
        var shown = await rows.Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(ct);
        return new Page<AppealLine>([.. shown.Select(row => new AppealLine(row.FiledAt, row.PromisedHours, row.DecidedAt, row.Status, (row.DecidedAt ?? now) <= row.DueAt))], await rows.CountAsync(ct), number);
    }

    public async Task<Page<PayoutLine>> Payouts(int days, int page, CancellationToken ct)
    {
        var number = Math.Max(1, page);
        var rows = await Paid(Since(days)).ToListAsync(ct);
        return new Page<PayoutLine>(
            [.. rows.OrderByDescending(row => row.PaidAt).Skip((number - 1) * PageSize).Take(PageSize).Select(row => new PayoutLine(row.RequestedAt, row.PaidAt, new Money(row.Amount, tenant.Value.Currency)))], rows.Count, number);
    }

    private DateTimeOffset Since(int days) => days <= 0 ? DateTimeOffset.UnixEpoch : ledger.Since(days);

    /// <summary>What left the bank for payouts, as the ledger has it, without what was reversed.</summary>
    private IQueryable<PaidRow> Paid(DateTimeOffset since)
    {
        var currency = tenant.Value.Currency.Code;
        return db.Database.SqlQuery<PaidRow>($"""
            select p.requested_at as "RequestedAt", t.at as "PaidAt", -l.amount as "Amount"
            from ledger_transfers t
            join payouts p on p.tenant_id = t.tenant_id and t.subject = 'payout:' || p.id
            join ledger_postings l on l.tenant_id = t.tenant_id and l.transfer_id = t.id and l.currency = {currency}
            join ledger_accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id and a.kind = 'Bank'
            where t.tenant_id = {tenant.Id} and t.kind = 'PayoutPaid' and t.at >= {since}
                and not exists (select from ledger_transfers r where r.tenant_id = t.tenant_id and r.reverses_id = t.id)
            """);
    }

    /// <summary>Nearest rank: of 20 ordered values the 95th percentile is the 19th. Null where there are too few to say.</summary>
    private static TimeSpan? Rank(List<TimeSpan> ordered, int percent, int enough) => ordered.Count < enough ? null : ordered[(ordered.Count * percent + 99) / 100 - 1];
}
