using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;
using TradeSense.Modules.Ledger;
using TradeSense.Modules.Tenancy;

namespace TradeSense.Modules.Analytics;

/// <summary>The ledger's transfers that the overview's money figures are the sums of, newest first.</summary>
public sealed class MoneyMovements(TradeSenseDb db, LedgerOverview ledger, CurrentTenant tenant)
{
    /// <param name="Days">Today is 1, a week 7, counted as the overview counts.</param>
    /// <param name="Kind">Null: all kinds.</param>
    public sealed record Filter(int Days, LedgerTransferKind? Kind);

    /// <param name="Net">What the transfer changed the firm's result and bank by, as the overview counts: sales less fees less what was paid.</param>
    public sealed record Row(Guid Id, DateTimeOffset At, LedgerTransferKind Kind, string Subject, string Description, Money Sales, Money Fees, Money Paid)
    {
        public Money Net => Sales - Fees - Paid;
    }

    public sealed record Picture(IReadOnlyList<Row> Rows, int Total, Money Sales, Money Fees, Money Paid)
    {
        public Money Net => Sales - Fees - Paid;
    }

    private sealed record Sum(LedgerAccountKind Kind, decimal Amount);

    public async Task<Picture> Read(Filter filter, int page, int size, CancellationToken ct)
    {
        var transfers = Matching(filter);
        var ordered = transfers.OrderByDescending(transfer => transfer.At).ThenByDescending(transfer => transfer.Id).Skip((page - 1) * size).Take(size);
        var rows = await ordered.Select(transfer => new { transfer.Id, transfer.At, transfer.Kind, transfer.Subject, transfer.Description }).ToListAsync(ct);
        var ids = rows.ConvertAll(row => row.Id);
        var postings = (await Postings().Where(posting => ids.Contains(posting.TransferId)).ToListAsync(ct)).ToLookup(posting => posting.TransferId);
        var sums = await (from posting in Postings() join transfer in transfers on posting.TransferId equals transfer.Id group posting by posting.Kind into kind
                          select new Sum(kind.Key, kind.Sum(posting => posting.Amount))).ToListAsync(ct);
        return new Picture(
            [.. rows.Select(row => new Row(
                row.Id, row.At, row.Kind, row.Subject, row.Description,
                Of(postings[row.Id], LedgerAccountKind.Sales, -1), Of(postings[row.Id], LedgerAccountKind.GatewayFees, 1), Of(postings[row.Id], LedgerAccountKind.Bank, -1)))],
            await transfers.CountAsync(ct), Of(sums, LedgerAccountKind.Sales, -1), Of(sums, LedgerAccountKind.GatewayFees, 1), Of(sums, LedgerAccountKind.Bank, -1));
    }

    private IQueryable<LedgerTransfer> Matching(Filter filter)
    {
        var since = ledger.Since(filter.Days);
        var transfers = db.Set<LedgerTransfer>().AsNoTracking().Where(transfer => transfer.At >= since);
        return filter.Kind is { } kind ? transfers.Where(transfer => transfer.Kind == kind) : transfers;
    }

    /// <summary>With settable members, because only such a projection can be narrowed further in the database.</summary>
    private sealed record Posting
    {
        public Guid TransferId { get; init; }
        public LedgerAccountKind Kind { get; init; }
        public decimal Amount { get; init; }
    }

    private IQueryable<Posting> Postings()
    {
        var currency = tenant.Value.Currency;
        return from posting in db.Set<LedgerPosting>().AsNoTracking()
               join account in db.Set<LedgerAccount>() on posting.AccountId equals account.Id
               where posting.Currency == currency
               select new Posting { TransferId = posting.TransferId, Kind = account.Kind, Amount = posting.Amount };
    }

    private Money Of(IEnumerable<Posting> postings, LedgerAccountKind kind, int sign) =>
        new(sign * postings.Where(posting => posting.Kind == kind).Sum(posting => posting.Amount), tenant.Value.Currency);

    private Money Of(IEnumerable<Sum> sums, LedgerAccountKind kind, int sign) => new(sign * sums.Where(sum => sum.Kind == kind).Sum(sum => sum.Amount), tenant.Value.Currency);
}
