using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Ledger;

/// <summary>What the ledger says about one order or payout, posting by posting, and what an account holds.</summary>
public sealed class LedgerStatement(TradeSenseDb db)
{
    public sealed record Line(Guid TransferId, DateTimeOffset At, LedgerTransferKind Kind, string Description, LedgerAccountKind Account, Money Amount);

    public async Task<IReadOnlyList<Line>> Of(string subject, CancellationToken ct)
    {
        var rows = await (
            from transfer in db.Set<LedgerTransfer>().AsNoTracking()
            join posting in db.Set<LedgerPosting>() on transfer.Id equals posting.TransferId
            join account in db.Set<LedgerAccount>() on posting.AccountId equals account.Id
            where transfer.Subject == subject
            orderby transfer.At, transfer.Id, posting.Id
            select new { transfer.Id, transfer.At, transfer.Kind, transfer.Description, Account = account.Kind, posting.Amount, posting.Currency }).ToListAsync(ct);
        return [.. rows.Select(row => new Line(row.Id, row.At, row.Kind, row.Description, row.Account, new Money(row.Amount, row.Currency)))];
    }

    /// <summary>The account's balance: debits less credits. Zero for an account nothing was posted to yet.</summary>
    public async Task<Money> Balance(LedgerAccountName name, Currency currency, CancellationToken ct)
    {
        var sum = await (
            from account in db.Set<LedgerAccount>().AsNoTracking()
            join posting in db.Set<LedgerPosting>() on account.Id equals posting.AccountId
            where account.Kind == name.Kind && account.Owner == name.Owner && account.Currency == currency
            select posting.Amount).SumAsync(ct);
        return new Money(sum, currency);
    }
}
