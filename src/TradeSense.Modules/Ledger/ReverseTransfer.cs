using Microsoft.EntityFrameworkCore;
using TradeSense.Engine.Values;
using TradeSense.Modules.Database;

namespace TradeSense.Modules.Ledger;

/// <summary>Undoes a transfer by its mirror image: the only way a posted amount is ever corrected. Each transfer can be reversed once.</summary>
public sealed class ReverseTransfer(TradeSenseDb db, PostTransfer post)
{
    public sealed record Request(Guid TransferId, string IdempotencyKey, string Reason);

    public async Task<Result<Guid>> Run(Request request, CancellationToken ct)
    {
        // Two reversals of one transfer take turns, so that the second sees the first.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"reverse:" + request.TransferId}, 0))", ct);
        var original = await db.Set<LedgerTransfer>().AsNoTracking().SingleAsync(transfer => transfer.Id == request.TransferId, ct);
        var reversal = await db.Set<LedgerTransfer>().AsNoTracking().SingleOrDefaultAsync(transfer => transfer.ReversesId == original.Id, ct);
        if (reversal is not null) return reversal.IdempotencyKey == request.IdempotencyKey ? reversal.Id : LedgerRefusal.AlreadyReversed;

        var entries = await (
            from posting in db.Set<LedgerPosting>().AsNoTracking()
            join account in db.Set<LedgerAccount>() on posting.AccountId equals account.Id
            where posting.TransferId == original.Id
            select new { account.Kind, account.Owner, posting.Amount, posting.Currency }).ToListAsync(ct);

        var mirrored = entries.Select(entry => new PostTransfer.Entry(new LedgerAccountName(entry.Kind, entry.Owner), new Money(-entry.Amount, entry.Currency))).ToList();
        return await post.Run(new(request.IdempotencyKey, LedgerTransferKind.Reversal, original.Subject, request.Reason, mirrored, original.Id), ct);
    }
}
